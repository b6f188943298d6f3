// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.semver;

/** npm's regular expressions (semver 7, internal/re.js) for text whose white space is single spaces. */
final class Syntax {
    /** Answers the operator as its group. */
    static final String OPERATOR = "([<>]?=?)";

    static final String BUILD = "\\+[a-zA-Z0-9-]+(?:\\.[a-zA-Z0-9-]+)*";

    private static final String NUMBER = "(?:0|[1-9]\\d*)";
    private static final String WORD = "\\d*[a-zA-Z-][a-zA-Z0-9-]*";
    private static final String IDENTIFIER = "(?:" + WORD + "|" + NUMBER + ")";
    private static final String PRE_RELEASE = IDENTIFIER + "(?:\\." + IDENTIFIER + ")*";
    private static final String LOOSE_IDENTIFIER = "(?:" + WORD + "|\\d+)";
    private static final String PART = "(0|[1-9]\\d*|x|X|\\*)";

    /** A whole version, without build metadata. */
    static final String FULL = NUMBER + "\\." + NUMBER + "\\." + NUMBER + "(?:-" + PRE_RELEASE + ")?";

    /** What npm takes for a version while it removes white space: leading zeros, a missing hyphen. */
    static final String LOOSE =
            "[v= ]*\\d+\\.\\d+\\.\\d+(?:-?" + LOOSE_IDENTIFIER + "(?:\\." + LOOSE_IDENTIFIER + ")*)?(?:" + BUILD + ")?";

    /** One to three parts, each a number or x; four groups: the parts and the pre-release. */
    static final String PARTIAL =
            "[v= ]*" + PART + "(?:\\." + PART + "(?:\\." + PART + "(?:-(" + PRE_RELEASE + "))?(?:" + BUILD + ")?)?)?";

    private Syntax() {}
}
