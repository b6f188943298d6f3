// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.semver;

import dev.mortise.kernel.model.Version;

/** One bound of a range: an operator and a full version. */
record Comparator(Operator operator, Version version) {
    /** How a version relates to the bound. */
    enum Operator {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        static Operator of(String symbol) {
            return switch (symbol) {
                case "<" -> LESS;
                case "<=" -> LESS_OR_EQUAL;
                case ">" -> GREATER;
                case ">=" -> GREATER_OR_EQUAL;
                default -> EQUAL;
            };
        }
    }

    boolean admits(Version other) {
        int order = other.compareTo(version);
        return switch (operator) {
            case EQUAL -> order == 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }

    /** Tells whether this bound is itself a pre-release of the same three numbers: only that admits pre-releases. */
    boolean asksForPreReleaseOf(Version other) {
        return version.preRelease() && version.core().equals(other.core());
    }
}
