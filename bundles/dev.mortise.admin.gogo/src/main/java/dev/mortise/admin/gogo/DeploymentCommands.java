// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.model.PluginId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import org.apache.felix.service.command.CommandSession;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Commands that change the set of plugins. */
@Component(
        service = DeploymentCommands.class,
        property = {
            "osgi.command.scope=mortise",
            "osgi.command.function=install",
            "osgi.command.function=uninstall",
            "osgi.command.function=restart"
        })
public final class DeploymentCommands {
    private static final Usage INSTALL = Usage.of("install <file>", "copies a plugin's jar into the watched folder");
    private static final Usage UNINSTALL =
            Usage.of("uninstall <id> [--force]", "removes a plugin; refused while others need it, unless forced");
    private static final Usage RESTART = Usage.of("restart <id>", "stops and starts a plugin in its version");
    static final List<Usage> USAGES = List.of(INSTALL, UNINSTALL, RESTART);

    private final Slot<Plugins> plugins = new Slot<>("plugins");

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

    /** Takes a jar in. */
    public Object install(CommandSession session, String[] words) {
        return INSTALL.run(words, given -> plugins.ask(all -> install(all, session, given.at(0))));
    }

    /** Removes a plugin. */
    public Object uninstall(String[] words) {
        return UNINSTALL.run(words, given -> order(given.at(0), (all, id) -> all.uninstall(id, given.has("--force"))));
    }

    /** Stops and starts a plugin. */
    public Object restart(String[] words) {
        return RESTART.run(words, given -> order(given.at(0), Plugins::restart));
    }

    private static Object install(Plugins plugins, CommandSession session, String name) {
        Path file = session.currentDir().resolve(name);
        if (!Files.isRegularFile(file)) {
            return new Sentence("There is no file '" + file + "'.");
        }
        try (var jar = Files.newInputStream(file)) {
            return sentence(plugins.install(file.getFileName().toString(), jar));
        } catch (IOException e) {
            return new Sentence("'" + file + "' can't be read: " + e.getMessage());
        }
    }

    private Object order(String id, BiFunction<Plugins, PluginId, Change> order) {
        return PluginId.valid(id)
                ? plugins.ask(all -> sentence(order.apply(all, new PluginId(id))))
                : Sentence.unknownPlugin(id);
    }

    private static Sentence sentence(Change change) {
        if (change instanceof Change.Accepted accepted) {
            return new Sentence(accepted.message());
        }
        return change instanceof Change.Unknown unknown
                ? new Sentence(unknown.message())
                : new Sentence(((Change.Refused) change).message());
    }
}
