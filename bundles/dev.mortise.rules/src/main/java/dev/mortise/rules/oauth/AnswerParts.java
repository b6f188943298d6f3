// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.oauth;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** The parts of an answer, which comes from a stranger. */
final class AnswerParts {
    /** Visible ASCII (RFC 6749, appendix A.12), without blanks: plugins put it into a field of a header. */
    private static final Pattern TOKEN = Pattern.compile("[\\x21-\\x7e]{1,8192}");

    private static final Pattern CODE = Pattern.compile("[a-z_]{1,64}");
    private static final Pattern SCOPE = Pattern.compile("[\\x21-\\x7e]{1,200}");
    private static final int MOST_WORDS = 200;
    private static final int MOST_SCOPES = 100;
    private static final long LONGEST = Duration.ofDays(3650).toSeconds();

    private AnswerParts() {}

    static Optional<String> text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    static boolean token(String text) {
        return TOKEN.matcher(text).matches();
    }

    static boolean code(String text) {
        return CODE.matcher(text).matches();
    }

    static String shown(String text) {
        String words = text.replaceAll("[^\\x20-\\x7e]", "?");
        return words.length() > MOST_WORDS ? words.substring(0, MOST_WORDS) : words;
    }

    /** Some write the number as a text; less than a second is none that anybody could use. */
    static Optional<Duration> life(Map<?, ?> members) {
        String text = String.valueOf(members.get("expires_in"));
        return text.matches("[0-9]{1,18}")
                ? Optional.of(Duration.ofSeconds(Math.max(1, Math.min(LONGEST, Long.parseLong(text)))))
                : Optional.empty();
    }

    static List<String> scopes(String text) {
        return Arrays.stream(text.split(" ", -1))
                .filter(scope -> SCOPE.matcher(scope).matches())
                .limit(MOST_SCOPES)
                .toList();
    }
}
