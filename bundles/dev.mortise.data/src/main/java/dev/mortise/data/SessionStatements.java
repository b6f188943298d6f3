// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.util.regex.Pattern;

/**
 * Tells which statements may leave something on a connection that the next borrower would meet: settings, locks, cursors.
 * When in doubt they do; such a connection is reset at its return, which costs one round trip.
 */
final class SessionStatements {
    private static final Pattern COMMENT = Pattern.compile("--[^\\n]*|(?s:/\\*.*?\\*/)");
    private static final Pattern FIRST_WORD = Pattern.compile(
            "\\s*(set|reset|discard|listen|do|call|declare|prepare|load|copy)\\b.*",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern ANYWHERE =
            Pattern.compile("set_config|mortise|advisory_lock|dblink", Pattern.CASE_INSENSITIVE);
    private static final Pattern SEVERAL = Pattern.compile(";\\s*\\S");

    private SessionStatements() {}

    static boolean leaveSomething(String sql) {
        if (ANYWHERE.matcher(sql).find() || SEVERAL.matcher(sql).find()) {
            return true;
        }
        boolean comments = sql.contains("--") || sql.contains("/*");
        String plain = comments ? COMMENT.matcher(sql).replaceAll(" ") : sql;
        return FIRST_WORD.matcher(plain).matches();
    }
}
