// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves versions from one place to another: the new run stands beside the old one until calls go to it in one write, and the
 * old one ends when its calls have ended. Lives on the sequencer's thread.
 */
record Moving(Rows rows, Endings endings, Journal journal, Sequence sequence) {
    private static final Logger LOG = LoggerFactory.getLogger(Moving.class);

    /** Answers why a plugin can't be moved there, if so. */
    Optional<String> objection(PluginId plugin, String location) {
        List<Row> standing = rows.current(plugin).stream().filter(Row::stands).toList();
        if (standing.isEmpty()) {
            return Optional.of("Plugin '%s' does not run, so it can't be moved. 'why %s' says how it stands."
                    .formatted(plugin, plugin));
        }
        Optional<Row> unfit = standing.stream()
                .filter(row -> !row.artifact().manifest().locations().contains(location))
                .findFirst();
        if (unfit.isPresent()) {
            return Optional.of(
                    "Plugin '%s' can't be moved to '%s': its plugin.json lists the locations %s. Deploy a version that lists it."
                            .formatted(
                                    plugin,
                                    location,
                                    unfit.get().artifact().manifest().locations().stream()
                                            .sorted()
                                            .toList()));
        }
        return standing.stream().allMatch(row -> isAt(row, location))
                ? Optional.of("Plugin '%s' runs as '%s' already.".formatted(plugin, location))
                : Optional.empty();
    }

    private static boolean isAt(Row row, String location) {
        return row.running().filter(run -> run.location().equals(location)).isPresent();
    }

    /** Begins to move what is elsewhere. */
    void begin(PluginId plugin, String location) {
        rows.current(plugin).stream()
                .filter(row -> row.stands() && !isAt(row, location))
                .forEach(row -> {
                    row.move(Move.COMES);
                    row.running().ifPresent(run -> run.move(location));
                });
    }

    /** It stands ready in the other place: with the next change of the snapshot calls go there. */
    void moved(Row row, Contribution contribution) {
        if (row.move() == Move.COMES && row.stands()) {
            journal.enter(row.artifact(), Phase.SWITCH);
            row.running().ifPresent(Running::settle);
            row.tells(contribution);
            row.move(Move.SWITCHES);
        }
    }

    void stayed(Row row, Problem problem) {
        if (row.move() == Move.COMES) {
            row.move(Move.NONE);
            LOG.warn("plugin={} stays where it is: {}", row.artifact().identity(), problem.message());
            journal.fail(row.artifact());
            journal.decide(
                    row.artifact(),
                    "Plugin '%s' stays where it is and goes on. %s".formatted(row.id(), problem.message()));
        }
    }

    /** Calls go to the new place now: lets the old one end after its last call. */
    void leave() {
        rows.current().stream()
                .filter(row -> row.move() == Move.SWITCHES && !row.ending())
                .forEach(this::leave);
    }

    private void leave(Row row) {
        row.move(Move.LEAVES);
        journal.enter(row.artifact(), Phase.DRAIN);
        row.running().ifPresent(run -> {
            var unused = endings.drained(row)
                    .thenRun(() -> sequence.post(() -> {
                        journal.enter(row.artifact(), Phase.RETIRE);
                        run.leave().whenComplete((nothing, failure) -> sequence.post(() -> left(row, run)));
                    }));
        });
    }

    private static void left(Row row, Running run) {
        if (row.running().filter(run::equals).isPresent()) {
            row.move(Move.NONE);
        }
    }
}
