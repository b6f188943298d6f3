// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.PluginDetail;
import dev.mortise.kernel.admin.Plugins;
import dev.mortise.kernel.model.PluginId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** Commands that tell about plugins. */
@Component(
        service = PluginCommands.class,
        property = {
            "osgi.command.scope=mortise",
            "osgi.command.function=plugins",
            "osgi.command.function=plugin",
            "osgi.command.function=why",
            "osgi.command.function=graph",
            "osgi.command.function=deps"
        })
public final class PluginCommands {
    private static final Usage ALL = Usage.of("plugins", "lists all plugins with their states");
    private static final Usage ONE = Usage.of("plugin <id>", "shows one plugin in full");
    private static final Usage WHY = Usage.of("why <id>", "explains why a plugin is not READY, and what mends it");
    private static final Usage GRAPH = Usage.of("graph", "shows which plugin needs which");
    private static final Usage DEPS = Usage.of("deps <id>", "shows what a plugin needs, and who needs it");
    static final List<Usage> USAGES = List.of(ALL, ONE, WHY, GRAPH, DEPS);

    private final Slot<Plugins> plugins = new Slot<>("plugins");

    /** Makes the commands; they answer in words until the host is there. */
    @Activate
    public PluginCommands() {}

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

    /** Answers all plugins. */
    public Object plugins(String[] words) {
        return ALL.run(words, none -> plugins.ask(Plugins::list));
    }

    /** Answers one plugin in full. */
    public Object plugin(String[] words) {
        return about(ONE, words, (all, id) -> all.find(id));
    }

    /** Answers why a plugin is not READY. */
    public Object why(String[] words) {
        return about(WHY, words, (all, id) -> all.why(id));
    }

    /** Answers who depends on whom. */
    public Object graph(String[] words) {
        return GRAPH.run(words, none -> plugins.ask(Plugins::graph));
    }

    /** Answers what a plugin needs and who needs it. */
    public Object deps(String[] words) {
        return about(DEPS, words, (all, id) -> all.find(id).map(PluginCommands::dependencies));
    }

    private static Dependencies dependencies(PluginDetail plugin) {
        return new Dependencies(plugin.summary().id(), plugin.dependencies(), plugin.dependents());
    }

    private Object about(Usage usage, String[] words, Question question) {
        return usage.run(words, given -> plugins.ask(answer(given.at(0), question)));
    }

    private static Function<Plugins, Object> answer(String id, Question question) {
        return all -> Optional.of(id)
                .filter(PluginId::valid)
                .flatMap(valid -> question.ask(all, new PluginId(valid)))
                .map(Object.class::cast)
                .orElseGet(() -> Sentence.unknownPlugin(id));
    }

    private interface Question {
        Optional<?> ask(Plugins plugins, PluginId id);
    }
}
