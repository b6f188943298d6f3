// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Tells which statements may leave something on a connection that the next borrower would meet: settings, locks, cursors.
 * Only those that read or write rows, and name nothing that reaches the session, leave nothing for sure; after any other
 * the connection is reset at its return, which costs one round trip. One for each plugin version.
 */
final class SessionStatements {
    private static final Set<String> ABOUT_ROWS =
            Set.of("select", "insert", "update", "delete", "merge", "values", "with");
    /** Also what hides a name (U&), and what runs a text that is made while it runs. */
    private static final Pattern ANYWHERE = Pattern.compile(
            "set_config|mortise|pg_settings|u&|advisory_lock|dblink|setseed|set_limit|_to_xml|ts_stat|ts_rewrite"
                    + "|crosstab|connectby",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern SEVERAL = Pattern.compile(";\\s*\\S");

    /** Plugins use few texts over and over; those that make a new one for each call only lose what is remembered. */
    private static final int REMEMBERED = 500;

    /** In characters; longer texts are hardly said twice. */
    private static final int LONGEST = 2_000;

    private final Map<String, Boolean> verdicts = new ConcurrentHashMap<>();

    /** Answers what {@link #judged} does, from memory where the same text was asked about lately. */
    boolean leaveSomething(String sql) {
        Boolean known = verdicts.get(sql);
        if (known != null) {
            return known;
        }
        boolean verdict = judged(sql);
        if (sql.length() <= LONGEST) {
            if (verdicts.size() >= REMEMBERED) {
                verdicts.clear();
            }
            verdicts.put(sql, verdict);
        }
        return verdict;
    }

    /** Tells whether a statement may carry the binding of a tenant: its text alone says that it is one about rows. */
    boolean mayCarry(String sql) {
        return sql.length() <= LONGEST && !leaveSomething(sql);
    }

    private static boolean judged(String sql) {
        if (ANYWHERE.matcher(sql).find() || SEVERAL.matcher(sql).find()) {
            return true;
        }
        return SqlTokens.first(sql)
                .filter(token -> token.kind() == SqlToken.Kind.WORD && ABOUT_ROWS.contains(token.name()))
                .isEmpty();
    }
}
