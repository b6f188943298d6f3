// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/**
 * Tells who has to stand back of those that order something of one plugin: whoever comes while another order is being
 * recorded, began before another one was recorded, or meets a version that does not give way. Lives on the sequencer's
 * thread.
 */
final class Conflicts {
    /** An order that was not begun before it was carried here. */
    static final long NOW = Long.MAX_VALUE;

    private static final Duration BUSY = Duration.ofSeconds(2);

    private final Rows rows;
    private final Journal journal;
    private final Map<PluginId, CompletableFuture<Long>> last = new HashMap<>();

    Conflicts(Rows rows, Journal journal) {
        this.rows = rows;
        this.journal = journal;
    }

    /** Takes note of an order that was taken, and will be recorded. */
    void taken(PluginId plugin, CompletableFuture<Long> recorded) {
        last.put(plugin, recorded);
    }

    /** Tells whether no other order was taken since. */
    boolean isLast(PluginId plugin, CompletableFuture<Long> recorded) {
        return last.get(plugin) == recorded;
    }

    /**
     * Answers why an order has to stand back, if so.
     *
     * @param asOf the generation at which it was begun
     * @param givesWay tells which of what is changing would give way to it
     */
    Optional<String> against(PluginId plugin, long asOf, Predicate<Row> givesWay) {
        Optional<CompletableFuture<Long>> before = Optional.ofNullable(last.get(plugin));
        boolean unanswered = before.filter(recorded -> !recorded.isDone()).isPresent();
        if (unanswered || rows.of(plugin).stream().anyMatch(row -> changes(row) && !givesWay.test(row))) {
            String deployment =
                    journal.running(plugin).map(id -> " by deployment " + id).orElse("");
            return Optional.of("Plugin '%s' is being changed%s. Wait until that has ended, and ask again."
                    .formatted(plugin, deployment));
        }
        return before.map(Conflicts::generation)
                .filter(recorded -> recorded > asOf)
                .map(recorded ->
                        "Plugin '%s' was changed at generation %d, after this order was begun. Look how it stands, and ask again."
                                .formatted(plugin, recorded));
    }

    private static long generation(CompletableFuture<Long> recorded) {
        return recorded.isCompletedExceptionally() ? 0 : recorded.getNow(0L);
    }

    /** Tells whether a version is on its way to be switched in, or being stopped to come back. */
    static boolean changes(Row row) {
        return row.restarting()
                || row.move() != Move.NONE
                || switch (row.state()) {
                    case RESOLVED, MIGRATING, STARTING -> true;
                    default -> false;
                };
    }

    /** What takes long to start gives way to a version that mends it; one that only began a moment ago is just busy. */
    static boolean givesWay(Row row, Artifact next, boolean downgrade) {
        Artifact now = row.artifact();
        boolean mends = downgrade
                || !Wish.rivals(now, next)
                || next.manifest().version().compareTo(now.manifest().version()) >= 0;
        boolean hangs = row.age().compareTo(BUSY) > 0;
        return hangs && !row.prepared() && !now.digest().equals(next.digest()) && mends;
    }
}
