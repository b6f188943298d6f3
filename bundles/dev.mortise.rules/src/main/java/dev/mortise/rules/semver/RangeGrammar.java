// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.semver;

import dev.mortise.kernel.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads npm's range grammar in npm's own steps (semver 7, classes/range.js), since its verdicts on odd texts follow from
 * the order of those steps and from no written grammar: hyphens, then white space after operators, then each word by
 * itself. White space counts one character where npm's guard against slow expressions lets it.
 */
final class RangeGrammar {
    private static final int LONGEST = 256;

    private static final String SPACES =
            "[\\t\\n\\x0B\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff]+";
    private static final Pattern SPACE = Pattern.compile(SPACES);
    private static final Pattern EDGES = Pattern.compile("^" + SPACES + "|" + SPACES + "$");
    private static final Pattern BUILD = Pattern.compile(Syntax.BUILD);
    private static final Pattern HYPHEN = Pattern.compile(" ?(" + Syntax.PARTIAL + ") - (" + Syntax.PARTIAL + ") ?");
    private static final Pattern AFTER_OPERATOR =
            Pattern.compile("( ?)" + Syntax.OPERATOR + " ?(" + Syntax.LOOSE + "|" + Syntax.PARTIAL + ")");
    private static final Pattern AFTER_TILDE = Pattern.compile("( ?)~>? ");
    private static final Pattern AFTER_CARET = Pattern.compile("( ?)\\^ ");
    private static final Pattern ANYTHING = Pattern.compile("[<>]?=? ?\\*");
    private static final Pattern COMPARATOR = Pattern.compile(Syntax.OPERATOR + " ?v?(" + Syntax.FULL + ")");

    private RangeGrammar() {}

    /** Answers the alternatives, each a list of bounds that all hold (none: anything goes); empty for no range. */
    static Optional<List<List<Comparator>>> read(String text) {
        if (text.length() > LONGEST) {
            return Optional.empty();
        }
        List<List<Comparator>> alternatives = new ArrayList<>();
        for (String part : tidy(text).split("\\|\\|", -1)) {
            Optional<List<Comparator>> bounds = alternative(part.strip());
            if (bounds.isEmpty()) {
                return Optional.empty();
            }
            alternatives.add(bounds.get());
        }
        // npm folds a range with an alternative '*' to that one, so its other alternatives admit no pre-release
        return Optional.of(alternatives.stream().anyMatch(List::isEmpty) ? List.of(List.of()) : alternatives);
    }

    private static String tidy(String text) {
        return SPACE.matcher(EDGES.matcher(text).replaceAll("")).replaceAll(" ");
    }

    private static Optional<List<Comparator>> alternative(String text) {
        String range = BUILD.matcher(text).replaceAll("");
        Matcher hyphen = HYPHEN.matcher(range);
        range = hyphen.matches() ? Desugar.hyphen(hyphen) : range;
        range = AFTER_OPERATOR.matcher(range).replaceAll("$1$2$3");
        range = AFTER_TILDE.matcher(range).replaceAll("$1~");
        range = AFTER_CARET.matcher(range).replaceAll("$1^");
        List<Comparator> bounds = new ArrayList<>();
        for (String word : range.split(" ", -1)) {
            for (String simple : simplified(word).split(" ", -1)) {
                if (!bound(simple, bounds)) {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(List.copyOf(bounds));
    }

    private static String simplified(String word) {
        String plain = Desugar.tilde(Desugar.caret(BUILD.matcher(word).replaceFirst("")));
        StringBuilder simple = new StringBuilder();
        for (String part : plain.split(" ", -1)) {
            simple.append(simple.isEmpty() ? "" : " ").append(Desugar.partial(part));
        }
        return ANYTHING.matcher(simple).replaceFirst("").strip();
    }

    private static boolean bound(String text, List<Comparator> bounds) {
        if (text.isEmpty() || text.equals(">=0.0.0")) {
            return true;
        }
        Matcher match = COMPARATOR.matcher(text);
        if (!match.matches() || !Version.valid(match.group(2)) || !Desugar.countable(match.group(2))) {
            return false;
        }
        bounds.add(new Comparator(Comparator.Operator.of(match.group(1)), new Version(match.group(2))));
        return true;
    }
}
