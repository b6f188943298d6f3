// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One statement of a script. */
record SqlStatement(List<SqlToken> tokens) {
    SqlStatement {
        tokens = List.copyOf(tokens);
    }

    /** A name with what stands before it, as {@code public.tokens}. */
    record Name(List<String> parts, int line) {
        String last() {
            return parts.get(parts.size() - 1);
        }

        Optional<String> schema() {
            return parts.size() > 1 ? Optional.of(parts.get(parts.size() - 2)) : Optional.empty();
        }

        @Override
        public String toString() {
            return String.join(".", parts);
        }
    }

    /** Cuts a script at its semicolons, except those inside of parentheses and of BEGIN ATOMIC … END. */
    static List<SqlStatement> of(String script) {
        List<SqlStatement> statements = new ArrayList<>();
        List<SqlToken> current = new ArrayList<>();
        int depth = 0;
        boolean atomic = false;
        for (SqlToken token : SqlTokens.of(script)) {
            boolean opensAtomic =
                    token.is("ATOMIC") && !current.isEmpty() && last(current).is("BEGIN");
            atomic = atomic || opensAtomic;
            depth += token.is("(") || opensAtomic || (atomic && token.is("CASE")) ? 1 : 0;
            depth -= token.is(")") || (atomic && token.is("END")) ? 1 : 0;
            if (token.is(";") && depth <= 0) {
                add(statements, current);
                current = new ArrayList<>();
                depth = 0;
                atomic = false;
            } else {
                current.add(token);
            }
        }
        add(statements, current);
        return statements;
    }

    /** Answers the texts of a script's statements, without what stands between them. */
    static List<String> texts(String script) {
        return of(script).stream()
                .map(SqlStatement::tokens)
                .map(tokens ->
                        script.substring(tokens.get(0).start(), last(tokens).end()))
                .toList();
    }

    int line() {
        return tokens.get(0).line();
    }

    /** Tells whether the statement has these keywords from the place on. */
    boolean has(int place, String... words) {
        if (place < 0 || place + words.length > tokens.size()) {
            return false;
        }
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(place + i).is(words[i])) {
                return false;
            }
        }
        return true;
    }

    /** Answers where these keywords stand one after the other, or -1. */
    int find(String... words) {
        for (int i = 0; i + words.length <= tokens.size(); i++) {
            if (has(i, words)) {
                return i;
            }
        }
        return -1;
    }

    /** Answers the place after any of these keywords. */
    int skip(int place, List<String> words) {
        int next = place;
        while (next < tokens.size() && isOneOf(next, words)) {
            next++;
        }
        return next;
    }

    boolean isOneOf(int place, List<String> words) {
        return place < tokens.size() && words.stream().anyMatch(tokens.get(place)::is);
    }

    /** Answers the name that begins at the place. */
    Optional<Name> name(int place) {
        if (place < 0 || place >= tokens.size() || !tokens.get(place).identifier()) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>(List.of(tokens.get(place).name()));
        int next = place + 1;
        while (has(next, ".")
                && next + 1 < tokens.size()
                && tokens.get(next + 1).identifier()) {
            parts.add(tokens.get(next + 1).name());
            next += 2;
        }
        return Optional.of(new Name(parts, tokens.get(place).line()));
    }

    private static SqlToken last(List<SqlToken> tokens) {
        return tokens.get(tokens.size() - 1);
    }

    private static void add(List<SqlStatement> statements, List<SqlToken> tokens) {
        if (!tokens.isEmpty()) {
            statements.add(new SqlStatement(tokens));
        }
    }
}
