// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps plugins' tables: schema, roles, migrations. Implemented by the data bundle, used by the host. */
public interface PluginDatabase {
    /**
     * Brings the plugin's schema up to the migrations, in the order of their versions, each in one transaction unless it is
     * declared as concurrent. Makes schema and roles when there is a first migration, and keeps the ways back that the
     * release brings. Blocks; never called on a framework thread.
     */
    Outcome migrate(PluginIdentity plugin, List<Migration> migrations, Reach reach);

    /** How far a schema is migrated. */
    enum Reach {
        /** An older version of the plugin still runs on the schema: contract migrations are left for later. */
        EXPAND,
        /** Nothing older runs any more. */
        ALL
    }

    /** Answers what was applied, oldest first. */
    List<Applied> history(PluginId plugin);

    /** What migrating came to. */
    sealed interface Outcome {
        /**
         * The schema is where the code can work with it.
         *
         * @param applied how many migrations ran now
         * @param left contract migrations that are to run when nothing older runs any more
         */
        record Migrated(int applied, int left) implements Outcome {}

        /** A migration was refused or failed; those before it are kept, of it nothing is. */
        record Refused(Problem.MigrationProblem problem) implements Outcome {}
    }

    /**
     * One applied migration.
     *
     * @param checksum of its script
     * @param down the checksum of the script that takes it back, when one is kept
     */
    record Applied(
            long version,
            String description,
            Migration.Phase phase,
            Migration.Kind kind,
            String checksum,
            Optional<String> down,
            Instant at) {}
}
