// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The one statement of a concurrent migration. No transaction takes back what it did, so its shape is the gate: it begins
 * with the one command that is allowed, names an index of the plugin, and has no semicolon but a last one, so that there is
 * no second statement for whatever reader. What the index lies on, the server judges by the owner's rights.
 *
 * @param index the index that it makes or drops
 * @param drops whether it drops it
 */
record ConcurrentStatement(String text, String index, boolean drops) {
    private static final String SPACE = "(?:\\s|--[^\\n\\r]*(?:[\\n\\r]|$))";
    private static final String NAME = "([a-z_][a-z0-9_]*)";
    private static final Pattern SHAPE =
            Pattern.compile("(?is)" + SPACE + "*(CREATE\\s+(?:UNIQUE\\s+)?|DROP\\s+)INDEX\\s+CONCURRENTLY\\s+" + NAME
                    + "(\\s+ON\\s[^;]*)?" + ";?" + SPACE + "*");
    private static final int LONGEST = 63;

    /** Reads the statement, or answers what stands against it. */
    static Reading read(PluginNames names, Migration migration) {
        MigrationSentence sentence = MigrationSentence.of(names.plugin(), migration);
        Matcher shape = SHAPE.matcher(migration.up());
        boolean drops = shape.matches() && shape.group(1).regionMatches(true, 0, "DROP", 0, 4);
        if (!shape.matches() || drops == (shape.group(3) != null)) {
            return new Reading(
                    Optional.empty(),
                    Optional.of(
                            sentence.problem(
                                    "is declared as concurrent, and is not one CREATE INDEX CONCURRENTLY <name> ON … or DROP INDEX"
                                            + " CONCURRENTLY <name> alone",
                                    "Write that one statement, with a name, without IF [NOT] EXISTS and without a semicolon inside;"
                                            + " Mortise repeats what was cut off by itself. All else belongs into another migration.")));
        }
        String index = shape.group(2).toLowerCase(Locale.ROOT);
        Optional<MigrationProblem> problem = misnamed(names, sentence, index);
        return problem.isPresent()
                ? new Reading(Optional.empty(), problem)
                : new Reading(Optional.of(new ConcurrentStatement(migration.up(), index, drops)), Optional.empty());
    }

    /** What reading came to: one of the two. */
    record Reading(Optional<ConcurrentStatement> statement, Optional<MigrationProblem> problem) {}

    private static Optional<MigrationProblem> misnamed(PluginNames names, MigrationSentence sentence, String index) {
        if (!index.matches("(idx_)?" + names.prefix() + "[a-z0-9_]+")) {
            return Optional.of(sentence.problem(
                    "would change index '" + index + "', which is outside " + names.prefix(),
                    "Name it 'idx_" + names.prefix() + "…'."));
        }
        int bytes = index.getBytes(StandardCharsets.UTF_8).length;
        return bytes <= LONGEST
                ? Optional.empty()
                : Optional.of(sentence.problem(
                        "names index '" + index + "', which has " + bytes + " bytes; " + LONGEST + " are allowed",
                        "Shorten it."));
    }
}
