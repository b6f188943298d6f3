// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Tells which statements may leave something on a connection that the next borrower would meet: settings, locks, cursors.
 * When in doubt they do; such a connection is reset at its return, which costs one round trip. One for each plugin version.
 */
final class SessionStatements {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)");
    private static final Pattern FIRST_WORD = Pattern.compile(
            "\\s*(set|reset|discard|listen|do|call|declare|prepare|load|copy)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ANYWHERE =
            Pattern.compile("set_config|mortise|advisory_lock|dblink", Pattern.CASE_INSENSITIVE);
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

    private static boolean judged(String sql) {
        if (ANYWHERE.matcher(sql).find() || SEVERAL.matcher(sql).find()) {
            return true;
        }
        boolean comments = sql.contains("--") || sql.contains("/*");
        String plain = comments ? COMMENT.matcher(sql).replaceAll(" ") : sql;
        return FIRST_WORD.matcher(plain).matches();
    }
}
