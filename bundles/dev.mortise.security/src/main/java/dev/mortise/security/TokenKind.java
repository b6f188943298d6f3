// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a core token is for; the letter stands in its text, so that people and scanners can tell what they found. */
enum TokenKind {
    ADMIN('a'),
    PLUGIN('p'),
    REMOTE('r');

    private static final Map<String, TokenKind> BY_WORD =
            Stream.of(values()).collect(Collectors.toMap(TokenKind::word, Function.identity()));

    private final char letter;
    private final String word = name().toLowerCase(Locale.ROOT);

    TokenKind(char letter) {
        this.letter = letter;
    }

    char letter() {
        return letter;
    }

    /** Answers the word that stands in requests and in the store. */
    String word() {
        return word;
    }

    static Optional<TokenKind> find(String word) {
        return Optional.ofNullable(BY_WORD.get(word));
    }
}
