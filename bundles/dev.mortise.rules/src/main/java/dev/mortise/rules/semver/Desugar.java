// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.semver;

import java.math.BigInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes hyphens, carets, tildes and x-ranges as plain comparisons; what it does not know it leaves as it is. */
final class Desugar {
    private static final BigInteger GREATEST = BigInteger.valueOf((1L << 53) - 1);
    private static final String NOTHING = "<0.0.0-0";

    private static final Pattern CARET = Pattern.compile("\\^" + Syntax.PARTIAL);
    private static final Pattern TILDE = Pattern.compile("~>?" + Syntax.PARTIAL);
    private static final Pattern PARTIAL = Pattern.compile(Syntax.OPERATOR + " ?" + Syntax.PARTIAL);

    private Desugar() {}

    /** Tells whether npm can count that far: no number of a version is above 2^53 - 1. */
    static boolean countable(String version) {
        String core = version.split("-", 2)[0];
        for (String number : core.split("\\.")) {
            if (new BigInteger(number).compareTo(GREATEST) > 0) {
                return false;
            }
        }
        return true;
    }

    /** {@code 1.2 - 3.4.5} is {@code >=1.2.0 <=3.4.5}; an upper end with missing parts admits all of them. */
    static String hyphen(Matcher match) {
        Parts from = Parts.of(match, 2);
        Parts to = Parts.of(match, 7);
        String lower = from.anyMajor() ? "" : from.whole() ? ">=" + match.group(1) : from.lower();
        String upper;
        if (to.anyMajor()) {
            upper = "";
        } else if (!to.whole()) {
            upper = to.below();
        } else {
            upper = "<=" + (to.preRelease().isEmpty() ? match.group(6) : to.full());
        }
        return (lower + " " + upper).strip();
    }

    /** {@code ^1.2.3} is {@code >=1.2.3 <2.0.0-0}: the first number that is not 0 stays. */
    static String caret(String word) {
        Matcher match = CARET.matcher(word);
        if (!match.matches()) {
            return word;
        }
        Parts parts = Parts.of(match, 1);
        if (parts.anyMajor()) {
            return "";
        }
        if (parts.anyMinor() || !parts.major().equals("0")) {
            return parts.lower() + " <" + next(parts.major()) + ".0.0-0";
        }
        if (parts.anyPatch() || !parts.minor().equals("0")) {
            return parts.lower() + " <" + parts.major() + "." + next(parts.minor()) + ".0-0";
        }
        return parts.lower() + " <" + parts.major() + "." + parts.minor() + "." + next(parts.patch()) + "-0";
    }

    /** {@code ~1.2.3} is {@code >=1.2.3 <1.3.0-0}, {@code ~1} is {@code >=1.0.0 <2.0.0-0}. */
    static String tilde(String word) {
        Matcher match = TILDE.matcher(word);
        if (!match.matches()) {
            return word;
        }
        Parts parts = Parts.of(match, 1);
        if (parts.anyMajor()) {
            return "";
        }
        return parts.lower()
                + (parts.anyMinor()
                        ? " <" + next(parts.major()) + ".0.0-0"
                        : " <" + parts.major() + "." + next(parts.minor()) + ".0-0");
    }

    /** {@code 1.2.x} is {@code >=1.2.0 <1.3.0-0}, {@code >1.2} is {@code >=1.3.0}, {@code <=1.2} is {@code <1.3.0-0}. */
    static String partial(String word) {
        Matcher match = PARTIAL.matcher(word);
        if (!match.matches()) {
            return word;
        }
        Parts parts = Parts.of(match, 2);
        if (parts.outOfOrder() || parts.whole()) {
            return word;
        }
        return compared(match.group(1), parts);
    }

    private static String compared(String operator, Parts parts) {
        if (parts.anyMajor()) {
            return operator.equals(">") || operator.equals("<") ? NOTHING : "*";
        }
        return switch (operator) {
            case ">" -> ">=" + parts.following();
            case ">=" -> parts.lower();
            case "<" -> "<" + parts.lower().substring(2) + "-0";
            case "<=" -> parts.below();
            default -> parts.lower() + " " + parts.below();
        };
    }

    static String next(String number) {
        return new BigInteger(number).add(BigInteger.ONE).toString();
    }
}
