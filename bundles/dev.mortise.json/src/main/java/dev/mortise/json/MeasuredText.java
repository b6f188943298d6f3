// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

/** A text that an expression may look at only so often: one that goes back and forth without end can't be interrupted. */
final class MeasuredText implements CharSequence {
    /** Some tenths of a second. */
    private static final int LOOKS = 10_000_000;
    /** An expression that is no trap looks at each character a few times. */
    private static final int LOOKS_EACH = 20;

    private final String text;
    private long left;

    MeasuredText(String text) {
        this.text = text;
        left = LOOKS + (long) LOOKS_EACH * text.length();
    }

    /** It was looked at too often. */
    static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Exhausted() {
            super("too many looks at a text", null, false, false);
        }
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (--left < 0) {
            throw new Exhausted();
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
