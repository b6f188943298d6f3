// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;

/** How refusals of a migration are worded: who, what, and that nothing happened. */
record MigrationSentence(String subject, PluginId plugin, long version, String description) {
    static MigrationSentence of(PluginId plugin, Migration migration) {
        return new MigrationSentence("Migration", plugin, migration.version(), migration.description());
    }

    /** Words what stands against taking a migration back. */
    static MigrationSentence back(PluginId plugin, long version, String description) {
        return new MigrationSentence("The way back of migration", plugin, version, description);
    }

    /** Words what its author should know though it is no problem. */
    String hint(String clause) {
        return "%s %d (%s) of plugin '%s' %s.".formatted(subject, version, description, plugin, clause);
    }

    /** Makes the problem; the clause continues the sentence that begins with the migration. */
    MigrationProblem problem(String clause, String remedy) {
        return new MigrationProblem(hint(clause) + " Nothing was changed.", remedy);
    }
}
