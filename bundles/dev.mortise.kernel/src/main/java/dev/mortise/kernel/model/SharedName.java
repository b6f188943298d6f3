// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;

/** What namespaces and keys of shared data may be. Two of them are the same when their code points are: nothing is folded. */
public final class SharedName {
    private static final int LONGEST = 255;
    private static final int SHOWN = 40;

    private SharedName() {}

    /**
     * Checks a name.
     *
     * @param what namespace or key, for the refusal
     * @throws MortiseException VALIDATION_FAILED
     */
    public static void check(String what, String name) {
        int length = name.codePointCount(0, name.length());
        if (length < 1 || length > LONGEST) {
            throw refused(what, name, "has 1 to " + LONGEST + " characters, not " + length);
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (Character.isISOControl(c)) {
                throw refused(what, name, "has no control characters, but U+%04X stands at %d".formatted((int) c, i));
            }
            if (!paired(name, i)) {
                throw refused(what, name, "has whole characters, but half of one stands at " + i);
            }
        }
    }

    /** Tells whether a character is none of the halves that make others, or has its other half. */
    private static boolean paired(String name, int at) {
        char c = name.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 < name.length() && Character.isLowSurrogate(name.charAt(at + 1));
        }
        return !Character.isLowSurrogate(c) || (at > 0 && Character.isHighSurrogate(name.charAt(at - 1)));
    }

    private static MortiseException refused(String what, String name, String rule) {
        StringBuilder shown = new StringBuilder();
        name.codePoints().limit(SHOWN).forEach(c -> shown.appendCodePoint(printable(c) ? c : '\uFFFD'));
        return new MortiseException(
                ErrorCode.VALIDATION_FAILED,
                "A " + what + " of shared data " + rule + ": '" + shown + (name.length() > SHOWN ? "…" : "") + "'.");
    }

    private static boolean printable(int c) {
        return !Character.isISOControl(c) && (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE);
    }
}
