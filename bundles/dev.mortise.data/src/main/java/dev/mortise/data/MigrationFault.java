// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.sql.SQLException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Says in words why the server did not take a script. */
final class MigrationFault {
    private static final String GATE = "MT001";
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";
    private static final String FEATURE_NOT_SUPPORTED = "0A000";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final Pattern OUTSIDE = Pattern.compile("would create '([^']+)', which is outside .*");

    private MigrationFault() {}

    /**
     * Answers the refusal of a migration that the server did not take.
     *
     * @throws SQLException the fault itself, when the server could not be reached
     */
    static MigrationRefused refusal(PluginNames names, Migration migration, SQLException fault) throws SQLException {
        String limit = migration.kind() == Migration.Kind.CONCURRENT
                ? "migration.concurrent.timeout.seconds"
                : "migration.timeout.seconds";
        return refusal(MigrationSentence.of(names.plugin(), migration), names, fault, limit);
    }

    /** The same for a sentence of one's own; {@code limit} is the key of the time that the script had. */
    static MigrationRefused refusal(MigrationSentence sentence, PluginNames names, SQLException fault, String limit)
            throws SQLException {
        if (DatabaseFault.unreachable(fault)) {
            throw fault;
        }
        return new MigrationRefused(of(sentence, names, fault, limit), LOCK_NOT_AVAILABLE.equals(fault.getSQLState()));
    }

    /** Tells whether a time that is configured was over, of the statement or of its wait for a lock. */
    static boolean tookTooLong(SQLException fault) {
        String state = String.valueOf(fault.getSQLState());
        return state.equals(LOCK_NOT_AVAILABLE) || state.equals(QUERY_CANCELED);
    }

    private static MigrationProblem of(
            MigrationSentence sentence, PluginNames names, SQLException fault, String limit) {
        String reason = reason(fault);
        return switch (String.valueOf(fault.getSQLState())) {
            case GATE -> sentence.problem(reason, remedy(reason, names));
            case LOCK_NOT_AVAILABLE ->
                sentence.problem(
                        "waited too long for a lock that a running transaction holds: " + reason,
                        "Start the plugin again when its tables are less busy, or raise"
                                + " 'migration.lock.timeout.seconds' in etc/data.properties.");
            case QUERY_CANCELED ->
                sentence.problem(
                        "took longer than " + limit, "Split it, or raise '" + limit + "' in etc/data.properties.");
            case FEATURE_NOT_SUPPORTED ->
                sentence.problem(
                        "has a statement that can't run inside its transaction: " + reason,
                        "Leave out COMMIT, ROLLBACK, SAVEPOINT and SELECT … INTO: a migration is all or nothing.");
            case INSUFFICIENT_PRIVILEGE ->
                sentence.problem(
                        "does what plugins may not: " + reason,
                        "Keep to tables, indexes, functions and types in schema " + names.schema() + ".");
            default -> sentence.problem("failed: " + reason, "Correct it and deploy the plugin again.");
        };
    }

    private static String remedy(String reason, PluginNames names) {
        Matcher outside = OUTSIDE.matcher(reason);
        return outside.matches()
                ? "Name it '" + names.prefix() + outside.group(1).replaceFirst(".*\\.", "") + "'."
                : "Correct it and deploy the plugin again.";
    }

    private static String reason(SQLException fault) {
        ServerErrorMessage server = fault instanceof PSQLException known ? known.getServerErrorMessage() : null;
        if (server == null) {
            return String.valueOf(fault.getMessage());
        }
        return server.getMessage()
                + line(server).map(number -> " (line " + number + ")").orElse("");
    }

    /** The script runs inside a function: the position is the one in the function's query. */
    private static Optional<Integer> line(ServerErrorMessage server) {
        String query = server.getInternalQuery();
        int position = server.getInternalPosition();
        if (query == null || position <= 0 || position > query.length()) {
            return Optional.empty();
        }
        return Optional.of(1
                + (int) query.substring(0, position - 1)
                        .chars()
                        .filter(c -> c == '\n')
                        .count());
    }
}
