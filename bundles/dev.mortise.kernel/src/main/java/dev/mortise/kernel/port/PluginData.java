// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Belongings;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.RunningMigration;
import dev.mortise.kernel.model.WayBack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Looks after what is kept of plugins: tries migrations out, takes them back, and removes everything. Implemented by the
 * data bundle, used by the host. Every method blocks, and throws {@code MortiseException}: SERVICE_UNAVAILABLE while the
 * database can't be reached, CONFLICT with the sentence when it can't be done.
 */
public interface PluginData {
    /**
     * Says what the migrations would do, in order; nothing is changed.
     *
     * @param run whether they are run too, in one transaction that is rolled back
     */
    Rehearsal rehearse(PluginIdentity plugin, List<Migration> migrations, boolean run);

    /**
     * Says what taking migrations back would run, and what would be lost: it is run, and rolled back.
     *
     * @param keep the highest version that stays; without it the newest one alone is taken back
     */
    WayBack wayBack(PluginId plugin, OptionalLong keep, Stillness stillness);

    /** Takes migrations back, each in one transaction; they must still be the ones that were looked at. */
    void takeBack(PluginId plugin, WayBack way, Stillness stillness);

    /** Answers the migrations that run now, on all nodes, oldest first. */
    List<RunningMigration> running();

    /** Answers the concurrent migration of the plugin that was begun and not ended; it runs, or was cut off. */
    Optional<Begun> begun(PluginId plugin);

    /** Says what is kept of a plugin. */
    Belongings belongings(PluginId plugin);

    /** Removes what is kept of a plugin: all of it in one transaction, or nothing. */
    void purge(PluginId plugin, Stillness stillness);

    /** Tells whether a plugin leaves its tables alone; asked while nobody else can begin to change them. */
    @FunctionalInterface
    interface Stillness {
        /** Answers why it does not, as a sentence. */
        Optional<String> disturbed();
    }

    /** A concurrent migration that was begun. */
    record Begun(long version, String description, String checksum, Instant at) {}
}
