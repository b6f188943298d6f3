// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A migration that runs now, as the server sees it; on whichever node.
 *
 * @param migration version and description
 * @param since when it began
 * @param doing what it does or waits for, as words
 * @param percent of what it does, where the server counts that
 * @param waitsFor sessions that hold what it needs, as words
 */
public record RunningMigration(
        String plugin,
        String migration,
        int pid,
        Instant since,
        long elapsedMillis,
        String doing,
        Optional<Integer> percent,
        List<String> waitsFor) {
    public RunningMigration {
        waitsFor = List.copyOf(waitsFor);
    }
}
