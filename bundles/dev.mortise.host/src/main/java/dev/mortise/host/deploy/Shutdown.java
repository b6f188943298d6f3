// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Candidate;
import dev.mortise.kernel.model.PluginState;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Stops everything in order: first no call gets in, then running calls end, then plugins go, dependents first. */
final class Shutdown {
    private static final String WHY = "Mortise is stopping.";

    private final Rows rows;
    private final Endings endings;
    private final Planning planning;

    Shutdown(Rows rows, Endings endings, Planning planning) {
        this.rows = rows;
        this.endings = endings;
        this.planning = planning;
    }

    /** Begins; {@code afterwards} runs on whatever thread the last step ends on. */
    void begin(Runnable tellEverybody, Runnable afterwards) {
        List<Row> order = order();
        order.stream()
                .filter(row -> row.serves() || row.state() == PluginState.WAITING)
                .forEach(row -> row.step(PluginState.DRAINING, WHY, List.of()));
        tellEverybody.run();
        CompletableFuture<?>[] calls = order.stream().map(endings::drained).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<Void> last = CompletableFuture.allOf(calls);
        for (Row row : order) {
            last = last.thenCompose(before -> retired(row));
        }
        var unused = last.whenComplete((nothing, failure) -> afterwards.run());
    }

    private static CompletableFuture<Void> retired(Row row) {
        return row.running()
                .map(run -> run.retire().toCompletableFuture().exceptionally(failure -> null))
                .orElseGet(() -> CompletableFuture.completedFuture(null));
    }

    /** Those with a run: what is still being started first, then dependents before what they need. */
    private List<Row> order() {
        List<Row> order = new ArrayList<>();
        planning.plan(rows.current().stream().map(Shutdown::candidate).toList())
                .groups()
                .forEach(group -> group.members()
                        .forEach(member -> rows.find(member.digest()).ifPresent(order::add)));
        Collections.reverse(order);
        List<Row> others =
                rows.all().stream().filter(row -> !order.contains(row)).toList();
        order.addAll(0, others);
        order.removeIf(row -> row.running().isEmpty());
        return order;
    }

    private static Candidate candidate(Row row) {
        Artifact artifact = row.artifact();
        return new Candidate(artifact.manifest(), artifact.digest(), Optional.empty());
    }
}
