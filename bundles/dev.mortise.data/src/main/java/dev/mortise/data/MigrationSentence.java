// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;

/** How what stands against a migration is worded: what, of whom, and what comes of it. */
record MigrationSentence(String subject, PluginId plugin, long version, String description, String outcome) {
    private static final String UNCHANGED = "Nothing was changed.";
    private static final String BACK = "The way back of migration";

    static MigrationSentence of(PluginId plugin, Migration migration) {
        return new MigrationSentence("Migration", plugin, migration.version(), migration.description(), UNCHANGED);
    }

    /** Words what stands against taking a migration back. */
    static MigrationSentence back(PluginId plugin, long version, String description) {
        return new MigrationSentence(BACK, plugin, version, description, UNCHANGED);
    }

    /** Words what will stand against it on the day that it is asked for. */
    static MigrationSentence foreseen(PluginId plugin, Migration migration) {
        return new MigrationSentence(
                BACK, plugin, migration.version(), migration.description(), "It would be refused when it is needed.");
    }

    /** Words what its author should know though it is no problem. */
    String hint(String clause) {
        return "%s %d (%s) of plugin '%s' %s.".formatted(subject, version, description, plugin, clause);
    }

    /** Makes the problem; the clause continues the sentence that begins with the migration. */
    MigrationProblem problem(String clause, String remedy) {
        return new MigrationProblem(hint(clause) + " " + outcome, remedy);
    }
}
