// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.data.SqlToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts a script into tokens by PostgreSQL's lexical rules: nested comments, dollar quotes, escapes. For readable
 * messages, and for a first word; what a script may do is decided by the server.
 */
final class SqlTokens {
    private final String script;
    private final List<SqlToken> tokens = new ArrayList<>();
    private int at;
    private int line = 1;

    private SqlTokens(String script) {
        this.script = script;
    }

    static List<SqlToken> of(String script) {
        SqlTokens reader = new SqlTokens(script);
        while (reader.at < script.length()) {
            reader.next();
        }
        return reader.tokens;
    }

    /** Answers the first token that is no opening parenthesis, without reading on. */
    static Optional<SqlToken> first(String script) {
        SqlTokens reader = new SqlTokens(script);
        while (reader.at < script.length()) {
            reader.next();
            Optional<SqlToken> found =
                    reader.tokens.stream().filter(token -> !token.is("(")).findFirst();
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    private void next() {
        char c = script.charAt(at);
        if (Character.isWhitespace(c)) {
            skipTo(at + 1);
        } else if (script.startsWith("--", at)) {
            skipTo(find("\n", at));
        } else if (script.startsWith("/*", at)) {
            skipTo(endOfComment());
        } else if (c == '\'') {
            add(Kind.STRING, "", endOfQuote('\'', false));
        } else if (c == '"') {
            quotedName();
        } else if (c == '$' && dollarTag() > 0) {
            dollarString();
        } else if (Character.isLetter(c) || c == '_' || c > 127) {
            word();
        } else {
            add(Kind.SYMBOL, String.valueOf(c), at + 1);
        }
    }

    private void word() {
        int end = at + 1;
        while (end < script.length() && partOfName(script.charAt(end))) {
            end++;
        }
        String word = script.substring(at, end);
        boolean quoteFollows = end < script.length() && script.charAt(end) == '\'';
        if (quoteFollows && word.length() == 1) {
            skipTo(end);
            add(Kind.STRING, "", endOfQuote('\'', word.equalsIgnoreCase("E")));
        } else {
            add(Kind.WORD, word, end);
        }
    }

    private void quotedName() {
        int end = endOfQuote('"', false);
        int close = Math.max(at + 1, end - 1);
        add(Kind.QUOTED, script.substring(at + 1, close).replace("\"\"", "\""), end);
    }

    private void dollarString() {
        String tag = script.substring(at, dollarTag());
        int close = script.indexOf(tag, at + tag.length());
        add(Kind.STRING, "", close < 0 ? script.length() : close + tag.length());
    }

    /** Answers the end of the opening dollar quote here, or -1. */
    private int dollarTag() {
        int end = at + 1;
        while (end < script.length() && partOfName(script.charAt(end)) && script.charAt(end) != '$') {
            end++;
        }
        boolean number = end > at + 1 && Character.isDigit(script.charAt(at + 1));
        return end < script.length() && script.charAt(end) == '$' && !number ? end + 1 : -1;
    }

    private int endOfQuote(char quote, boolean backslashes) {
        int end = at + 1;
        while (end < script.length()) {
            char c = script.charAt(end);
            if (c == '\\' && backslashes) {
                end++;
            } else if (c == quote && !script.startsWith(String.valueOf(quote), end + 1)) {
                return end + 1;
            } else if (c == quote) {
                end++;
            }
            end++;
        }
        return script.length();
    }

    private int endOfComment() {
        int depth = 1;
        int end = at + 2;
        while (end < script.length() && depth > 0) {
            if (script.startsWith("/*", end)) {
                depth++;
                end++;
            } else if (script.startsWith("*/", end)) {
                depth--;
                end++;
            }
            end++;
        }
        return end;
    }

    private int find(String text, int from) {
        int found = script.indexOf(text, from);
        return found < 0 ? script.length() : found;
    }

    private void add(Kind kind, String text, int end) {
        tokens.add(new SqlToken(kind, text, line, at, Math.min(end, script.length())));
        skipTo(end);
    }

    private void skipTo(int end) {
        int stop = Math.min(end, script.length());
        line += (int) script.substring(at, stop).chars().filter(c -> c == '\n').count();
        at = stop;
    }

    private static boolean partOfName(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '$' || c > 127;
    }
}
