// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.admin.gogo.Usage.Words;
import dev.mortise.kernel.admin.Workers;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The commands {@code workers} and {@code worker start|stop|restart|show}. */
@Component(
        service = WorkerCommands.class,
        property = {"osgi.command.scope=mortise", "osgi.command.function=workers", "osgi.command.function=worker"})
public final class WorkerCommands {
    private static final Usage ALL = Usage.of("workers", "lists the processes in which plugins run");
    private static final String WHICH = " <plugin> [--tenant <tenant>] [--instance <number>]";
    private static final Usage START =
            Usage.of("worker start" + WHICH, "starts what does not run of a plugin's processes; leaves error");
    private static final Usage STOP =
            Usage.of("worker stop" + WHICH, "ends a plugin's processes until somebody starts them");
    private static final Usage RESTART =
            Usage.of("worker restart" + WHICH, "ends a plugin's processes and starts them anew");
    private static final Usage SHOW = Usage.of("worker show" + WHICH, "shows a plugin's processes in full");
    static final List<Usage> USAGES = List.of(ALL, START, STOP, RESTART, SHOW);

    private final Slot<Workers> workers = new Slot<>("workers");
    private final Verbs verbs = new Verbs()
            .with(START, given -> order(given, Command.START))
            .with(STOP, given -> order(given, Command.STOP))
            .with(RESTART, given -> order(given, Command.RESTART))
            .with(SHOW, this::show);

    /** Makes the commands; they answer in words until the host is there. */
    @Activate
    public WorkerCommands() {}

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindWorkers(Workers service) {
        workers.put(service);
    }

    void unbindWorkers(Workers service) {
        workers.remove(service);
    }

    /** Answers all processes. */
    public Object workers(String[] words) {
        return ALL.run(words, none -> workers.ask(all -> new WorkerList(all.list())));
    }

    /** Starts, stops, restarts or shows processes. */
    public Object worker(String[] words) {
        return verbs.run(words);
    }

    private Object order(Words given, Command command) {
        return about(
                given,
                (all, which) ->
                        new WorkerList(all.command(new PluginId(which.plugin), command, which.tenant, which.instance)));
    }

    private Object show(Words given) {
        return about(given, (all, which) -> {
            List<Worker> found = all.find(new PluginId(which.plugin), which.tenant, which.instance);
            return found.isEmpty()
                    ? new Sentence(
                            "Plugin '" + which.plugin + "' has no such process. 'workers' lists those there are.")
                    : new WorkersInFull(found);
        });
    }

    /** The processes that were named. */
    private record Which(String plugin, Optional<String> tenant, Optional<Integer> instance) {}

    private interface Order {
        Object to(Workers all, Which which);
    }

    private Object about(Words given, Order order) {
        String plugin = given.at(0);
        String instance = given.option("--instance").orElse("");
        if (!PluginId.valid(plugin)) {
            return Sentence.unknownPlugin(plugin);
        }
        if (!instance.matches("|[0-9]{1,4}")) {
            return new Sentence("Instances are counted from 0, and '" + instance + "' is no such number.");
        }
        Which which = new Which(
                plugin,
                given.option("--tenant"),
                Optional.of(instance).filter(text -> !text.isEmpty()).map(Integer::valueOf));
        return workers.ask(all -> order.to(all, which));
    }
}
