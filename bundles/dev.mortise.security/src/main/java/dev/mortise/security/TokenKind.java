// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a core token is for; the letter stands in its text, so that people and scanners can tell what they found. */
enum TokenKind {
    ADMIN('a'),
    PLUGIN('p'),
    REMOTE('r');

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
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
