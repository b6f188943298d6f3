// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.deploy.Switching.Decision;
import dev.mortise.host.deploy.Switching.Situation;
import dev.mortise.host.deploy.Switching.Standing;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What is switched in and what stands ready beside it: as a situation to decide on, and with the decision applied. */
final class Standings {
    private final Rows rows;
    private final Choice choice;
    private final Map<PluginId, Row> current;
    private final Map<PluginId, Row> prepared = new TreeMap<>();
    private final Set<PluginId> coming = new TreeSet<>();

    Standings(Rows rows, Choice choice) {
        this.rows = rows;
        this.choice = choice;
        this.current = rows.current();
        choice.verdicts().forEach((digest, verdict) -> {
            if (verdict.kind() == Verdict.Kind.RUN) {
                rows.find(digest).ifPresent(this::sort);
            }
        });
    }

    private void sort(Row row) {
        if (row.prepared()) {
            prepared.put(row.id(), row);
        } else if (row.onItsWay()) {
            coming.add(row.id());
        }
    }

    Situation situation() {
        Map<PluginId, Standing> stay = new TreeMap<>();
        current.forEach((plugin, row) -> {
            if (choice.chosen().containsKey(plugin)) {
                stay.put(plugin, standing(row));
            }
        });
        Map<PluginId, Standing> ready = new TreeMap<>();
        prepared.forEach((plugin, row) -> ready.put(plugin, standing(row)));
        return new Situation(stay, ready, coming);
    }

    private static Standing standing(Row row) {
        boolean can = row.impairment().isEmpty() && (row.prepared() || row.stands());
        return new Standing(row.artifact(), row.serves(), can ? Optional.empty() : Optional.of(obstacle(row)));
    }

    private static Problem obstacle(Row row) {
        String why = row.restarting() ? farewell(row) : row.reason();
        return row.impairment()
                .or(() -> row.failed() ? Optional.of(row.problems().get(0)) : Optional.empty())
                .orElseGet(() -> new Problem.StartProblem(why, "It comes by itself."));
    }

    /** Takes every step that follows from the decision; answers what has to drain and go. */
    List<Row> apply(Decision decision) {
        List<Row> leaving = new ArrayList<>();
        decision.switched().forEach(plugin -> switchIn(plugin, leaving));
        current.forEach((plugin, row) -> {
            if (!choice.chosen().containsKey(plugin)) {
                row.current(false);
                row.restarting(false);
                leaving.add(row);
            }
        });
        rows.current().values().stream()
                .filter(row -> row.restarting() && row.running().isPresent() && called(row))
                .forEach(leaving::add);
        leaving.forEach(Standings::drain);
        rows.current().values().stream().filter(Row::stands).forEach(row -> judge(row, decision));
        return leaving;
    }

    private void switchIn(PluginId plugin, List<Row> leaving) {
        Row row = Known.get(prepared, plugin);
        Row old = current.get(plugin);
        if (old != null && old != row) {
            old.current(false);
            old.replacedBy(row.artifact());
            leaving.add(old);
        }
        row.current(true);
        row.step(well(row), wellness(row), List.of());
    }

    private void judge(Row row, Decision decision) {
        List<String> warnings = new ArrayList<>(row.artifact().warnings());
        warnings.addAll(decision.warnings().getOrDefault(row.id(), List.of()));
        row.warn(warnings);
        List<Problem> problems =
                new Providers(rows, choice).asTheyAre(decision.unserved().getOrDefault(row.id(), List.of()));
        if (problems.isEmpty()) {
            changeTo(
                    row,
                    well(row),
                    wellness(row),
                    row.contribution().flatMap(Contribution::degraded).stream().toList());
        } else {
            changeTo(row, PluginState.WAITING, problems.get(0).message(), problems);
        }
    }

    private static void changeTo(Row row, PluginState state, String why, List<Problem> problems) {
        if (row.state() == state) {
            row.explain(why, problems);
        } else {
            row.step(state, why, problems);
        }
    }

    private static PluginState well(Row row) {
        return row.contribution().flatMap(Contribution::degraded).isPresent()
                ? PluginState.DEGRADED
                : PluginState.READY;
    }

    private static String wellness(Row row) {
        return row.contribution()
                .flatMap(Contribution::degraded)
                .map(Problem::message)
                .orElse("");
    }

    private static void drain(Row row) {
        if (called(row) && row.running().isPresent()) {
            row.step(PluginState.DRAINING, farewell(row), List.of());
        }
    }

    private static String farewell(Row row) {
        if (row.restarting()) {
            return "Plugin '" + row.id() + "' is being restarted.";
        }
        return row.replacement()
                .map(next -> row.artifact().identity() + " gives way to "
                        + next.manifest().version() + ".")
                .orElseGet(() -> "Plugin '" + row.id() + "' is being removed: its jar is gone from the folder.");
    }

    /** Tells whether callers know it: they are answered by it, or told why not. */
    private static boolean called(Row row) {
        return row.serves() || row.state() == PluginState.WAITING;
    }
}
