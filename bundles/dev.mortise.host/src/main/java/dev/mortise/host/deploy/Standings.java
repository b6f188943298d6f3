// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.deploy.Switching.Decision;
import dev.mortise.host.deploy.Switching.Situation;
import dev.mortise.host.deploy.Switching.Standing;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/** What is switched in and what stands ready beside it: as a situation to decide on, and with the decision applied. */
final class Standings {
    private final Rows rows;
    private final Choice choice;
    private final List<Row> current;

    Standings(Rows rows, Choice choice) {
        this.rows = rows;
        this.choice = choice;
        this.current = rows.current();
    }

    /**
     * Answers what is to be decided on.
     *
     * @param mayCome which of those that stand ready may be switched in; the others are as if still on their way
     */
    Situation situation(Predicate<Artifact> mayCome) {
        Map<Slot, Standing> stay = new TreeMap<>();
        current.forEach(row -> slot(row).ifPresent(slot -> stay.put(free(slot, row, stay), standing(row))));
        Map<Slot, Standing> ready = new TreeMap<>();
        Set<Slot> coming = new HashSet<>();
        choice.chosen().forEach((slot, artifact) -> rows.find(artifact.digest())
                .filter(this::wanted)
                .ifPresent(row -> {
                    if (row.prepared() && mayCome.test(artifact)) {
                        ready.put(slot, standing(row));
                    } else if (row.onItsWay()) {
                        coming.add(slot);
                    }
                }));
        return new Situation(stay, ready, coming);
    }

    /** Majors that ran side by side stand beside each other until the version comes that replaces them all. */
    private static Slot free(Slot slot, Row row, Map<Slot, Standing> taken) {
        return taken.containsKey(slot)
                ? new Slot(slot.id(), row.artifact().manifest().version().text())
                : slot;
    }

    private boolean wanted(Row row) {
        return Known.get(choice.verdicts(), row.artifact().digest()).kind() == Verdict.Kind.RUN;
    }

    /** Answers the place that a version has as long as it is not replaced; one that nobody wants any more has none. */
    private Optional<Slot> slot(Row row) {
        return Optional.ofNullable(choice.slots().get(row.artifact().digest()));
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
        decision.switched().forEach(artifact -> switchIn(artifact, leaving));
        current.stream().filter(row -> row.current() && slot(row).isEmpty()).forEach(row -> {
            row.current(false);
            row.restarting(false);
            leaving.add(row);
        });
        rows.current().stream()
                .filter(row -> row.restarting() && row.running().isPresent() && called(row))
                .forEach(leaving::add);
        leaving.forEach(Standings::drain);
        rows.current().stream().filter(Row::stands).forEach(row -> judge(row, decision));
        return leaving;
    }

    private void switchIn(Artifact artifact, List<Row> leaving) {
        Row row = rows.find(artifact.digest()).orElseThrow();
        current.stream()
                .filter(old -> old != row && slot(old).equals(slot(row)))
                .forEach(old -> {
                    old.current(false);
                    old.replacedBy(artifact);
                    leaving.add(old);
                });
        row.current(true);
        row.step(well(row), wellness(row), List.of());
    }

    private void judge(Row row, Decision decision) {
        List<String> warnings = new ArrayList<>(row.artifact().warnings());
        warnings.addAll(decision.warnings().getOrDefault(row.artifact().digest(), List.of()));
        row.contribution().ifPresent(brought -> warnings.addAll(brought.warnings()));
        row.warn(warnings);
        List<Problem> problems = new Providers(rows, choice)
                .asTheyAre(decision.unserved().getOrDefault(row.artifact().digest(), List.of()));
        if (problems.isEmpty()) {
            changeTo(row, well(row), wellness(row), row.blemishes());
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
        return row.blemishes().isEmpty() ? PluginState.READY : PluginState.DEGRADED;
    }

    private static String wellness(Row row) {
        return row.blemishes().stream().findFirst().map(Problem::message).orElse("");
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
                .orElseGet(() -> "Plugin '" + row.id() + "' is being removed.");
    }

    /** Tells whether callers know it: they are answered by it, or told why not. */
    private static boolean called(Row row) {
        return row.serves() || row.state() == PluginState.WAITING;
    }
}
