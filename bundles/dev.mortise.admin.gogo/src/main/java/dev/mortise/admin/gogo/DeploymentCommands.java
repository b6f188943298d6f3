// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.admin.gogo.Usage.Words;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Deployments;
import dev.mortise.kernel.admin.PluginBelongings;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import java.time.Duration;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Commands that change the set of plugins, and wait to tell how that ended; {@code plan} only says how it would. */
@Component(
        service = DeploymentCommands.class,
        property = {
            "osgi.command.scope=mortise",
            "osgi.command.function=install",
            "osgi.command.function=plan",
            "osgi.command.function=uninstall",
            "osgi.command.function=rollback",
            "osgi.command.function=restart",
            "osgi.command.function=move"
        })
public final class DeploymentCommands {
    /** How long a command waits; the deployment goes on without it. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Usage INSTALL = Usage.of(
            "install <file> [--downgrade]",
            "takes a plugin's jar in; it replaces a higher version only as a downgrade");
    private static final Usage PLAN = Usage.of("plan <file> [--downgrade]", "says what taking a jar in would lead to");
    private static final Usage UNINSTALL =
            Usage.of("uninstall <id> [--force]", "removes a plugin; refused while others need it, unless forced");
    private static final Usage PURGE = Usage.of(
            "uninstall <id> --purge [--confirm <id>]",
            "removes what is kept of a plugin that is not here any more; says first what goes");
    private static final Usage ROLLBACK = Usage.of(
            "rollback <id> [<version>]", "goes back to an earlier version of a plugin, the last one if none is named");
    private static final Usage RESTART =
            Usage.of("restart <id>", "stops and starts a plugin in its version, or tries a failed one again");
    private static final Usage MOVE =
            Usage.of("move <id> <location>", "moves a plugin to run as bundle or worker; it serves all the while");
    static final List<Usage> USAGES = List.of(INSTALL, PLAN, UNINSTALL, PURGE, ROLLBACK, RESTART, MOVE);

    private final Slot<Plugins> plugins = new Slot<>("plugins");
    private final Slot<PluginBelongings> belongings = new Slot<>("belongings of plugins");
    private final Slot<Deployments> deployments = new Slot<>("deployments");

    /** Makes the commands; they answer in words until the host is there. */
    @Activate
    public DeploymentCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindPlugins(Plugins service) {
        plugins.put(service);
    }

    void unbindPlugins(Plugins service) {
        plugins.remove(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindBelongings(PluginBelongings service) {
        belongings.put(service);
    }

    void unbindBelongings(PluginBelongings service) {
        belongings.remove(service);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindDeployments(Deployments service) {
        deployments.put(service);
    }

    void unbindDeployments(Deployments service) {
        deployments.remove(service);
    }

    /** Takes a jar in. */
    public Object install(CommandSession session, String[] words) {
        return INSTALL.run(words, given -> plugins.ask(all -> outcome(handIn(session, given, all::install))));
    }

    /** Answers what taking a jar in would lead to. */
    public Object plan(CommandSession session, String[] words) {
        return PLAN.run(words, given -> plugins.ask(all -> handIn(session, given, all::plan)));
    }

    /** Removes a plugin. */
    public Object uninstall(String[] words) {
        return List.of(words).contains("--purge")
                ? PURGE.run(words, this::purge)
                : UNINSTALL.run(
                        words,
                        given -> stays(
                                given.at(0),
                                order(
                                        given.at(0),
                                        (all, id) -> all.uninstall(id, given.has("--force"), Trigger.SHELL))));
    }

    private Object purge(Words given) {
        return PluginId.valid(given.at(0))
                ? belongings.ask(all -> new Sentence("Purged: "
                        + all.purge(new PluginId(given.at(0)), given.option("--confirm"))
                                .words() + "."))
                : Sentence.unknownPlugin(given.at(0));
    }

    private static Object stays(String id, Object ended) {
        return ended instanceof Deployment deployment && deployment.state() == Deployment.State.DONE
                ? new Uninstalled(
                        deployment, "What is kept of it stays: 'uninstall " + id + " --purge' says what that is.")
                : ended;
    }

    /** Goes back to an earlier version. */
    public Object rollback(String[] words) {
        return ROLLBACK.run(words, given -> given.optional(1)
                .filter(version -> !Version.valid(version))
                .map(wrong ->
                        (Object) new Sentence("'" + wrong + "' is no semantic version such as 1.2.3 or 2.0.0-rc.1."))
                .orElseGet(() -> order(
                        given.at(0),
                        (all, id) -> all.rollback(id, given.optional(1).map(Version::new)))));
    }

    /** Stops and starts a plugin. */
    public Object restart(String[] words) {
        return RESTART.run(words, given -> order(given.at(0), (all, id) -> all.restart(id, Trigger.SHELL)));
    }

    /** Moves a plugin to another place. */
    public Object move(String[] words) {
        return MOVE.run(words, given -> order(given.at(0), (all, id) -> all.move(id, given.at(1), Trigger.SHELL)));
    }

    private static Object handIn(CommandSession session, Words given, Function<Upload, Object> taker) {
        return JarFile.named(session, given.at(0))
                .withDowngrade(given.has("--downgrade"))
                .use(taker);
    }

    private Object order(String id, BiFunction<Plugins, PluginId, Change> order) {
        return PluginId.valid(id)
                ? plugins.ask(all -> outcome(order.apply(all, new PluginId(id))))
                : Sentence.unknownPlugin(id);
    }

    /** Answers how the deployment ended, or how it stands when that takes long; what is refused is answered as it is. */
    private Object outcome(Object answer) {
        return answer instanceof Change.Accepted accepted
                ? deployments
                        .held()
                        .flatMap(all -> all.await(accepted.deployment(), PATIENCE))
                        .map(Object.class::cast)
                        .orElse(accepted)
                : answer;
    }
}
