// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Starts what may be started, in the order of the plan, as many at a time as there are permits. Lives on the sequencer's thread. */
final class Starts {
    private final PluginRuntime runtime;
    private final Sequence sequence;
    private final Permits permits;
    private final Rows rows;
    private final Predicate<Artifact> ranBefore;
    private final BiConsumer<Row, RunReport> reports;
    private final Set<Row> waiting = new LinkedHashSet<>();
    private Choice choice = Choice.NOTHING;

    /**
     * Makes starts.
     *
     * @param ranBefore tells what was switched in before, in this container or an earlier one
     * @param reports takes what a run tells, as long as it is the row's
     */
    Starts(
            PluginRuntime runtime,
            Sequence sequence,
            Permits permits,
            Rows rows,
            Predicate<Artifact> ranBefore,
            BiConsumer<Row, RunReport> reports) {
        this.runtime = runtime;
        this.sequence = sequence;
        this.permits = permits;
        this.rows = rows;
        this.ranBefore = ranBefore;
        this.reports = reports;
    }

    /** Starts what is chosen; what finds no permit is started when one is given back, at the latest after a while. */
    void begin(Choice chosen) {
        choice = chosen;
        waiting.clear();
        choice.plan().groups().stream()
                .flatMap(group -> group.members().stream())
                .flatMap(candidate -> rows.find(candidate.digest()).stream())
                .filter(Row::startable)
                .forEach(waiting::add);
        if (startThose()) {
            permits.untilFree().ifPresent(time -> sequence.postIn(time, () -> {}));
        }
    }

    /** Takes the permit of one that has started, failed or is no longer wanted; the next one starts at once. */
    void giveBack(Row row) {
        permits.giveBack(row.artifact().digest());
        startThose();
    }

    /** Answers whether some found no permit. */
    private boolean startThose() {
        waiting.removeIf(row -> !row.startable());
        Providers providers = new Providers(rows, choice);
        for (Row row : List.copyOf(waiting)) {
            if (providers.standReadyFor(row)) {
                if (!permits.take(row.artifact().digest())) {
                    return true;
                }
                waiting.remove(row);
                start(row);
            }
        }
        return false;
    }

    private void start(Row row) {
        Object ticket = new Object();
        // what ran before works without the contract migrations that are left: they must not keep it from coming back
        boolean first = rows.of(row.id()).stream().noneMatch(other -> other != row && other.alive())
                && !ranBefore.test(row.artifact());
        Reach reach = first ? Reach.ALL : Reach.EXPAND;
        row.started(runtime.start(row.artifact(), reach, report -> take(row, ticket, report)), ticket);
    }

    /** Runs on a thread of the plugin. The beginning of a phase changes nothing that a pass could act on. */
    private void take(Row row, Object ticket, RunReport report) {
        Runnable task = () -> {
            if (row.runs(ticket)) {
                reports.accept(row, report);
            }
        };
        if (report instanceof RunReport.Entered) {
            sequence.note(task);
        } else {
            sequence.post(task);
        }
    }
}
