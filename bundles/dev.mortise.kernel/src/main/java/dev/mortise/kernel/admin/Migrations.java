// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.model.WayBack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Migrations of plugins as an operator sees, tries and takes them back. Implemented by the host. Throws {@code
 * MortiseException}: CONFLICT with the sentence when an order can't be followed or is not confirmed, SERVICE_UNAVAILABLE
 * while the database is not there.
 */
public interface Migrations {
    /** Answers what was applied for a plugin and what runs for it. */
    History history(PluginId plugin);

    /** Answers the migrations that run now, of all plugins on all nodes. */
    List<RunningMigration> running();

    /**
     * Says what the migrations of a jar would do, in order; nothing is changed.
     *
     * @param run whether they are run too, in one transaction that is rolled back
     */
    Rehearsal plan(Upload upload, boolean run);

    /**
     * Says what taking back the newest migration would run and lose.
     *
     * @param keep the highest version that stays, when more are to be taken back
     */
    WayBack wayBack(PluginId plugin, OptionalLong keep);

    /**
     * Takes migrations back; refused while the plugin runs.
     *
     * @param confirmed the version of the newest one, written out; anything else is refused, saying what would be lost
     */
    WayBack down(PluginId plugin, OptionalLong keep, Optional<String> confirmed);

    /** What was applied for a plugin, oldest first; what runs; and what was begun outside of a transaction and not ended. */
    record History(String plugin, List<Line> migrations, List<RunningMigration> running, Optional<Line> begun) {
        public History {
            migrations = List.copyOf(migrations);
            running = List.copyOf(running);
        }
    }

    /**
     * One migration.
     *
     * @param down whether there is a script that takes it back
     */
    record Line(
            long version,
            String description,
            String phase,
            String kind,
            String checksum,
            boolean down,
            Instant appliedAt) {}
}
