// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Decodes percent-encoded UTF-8 strictly: overlong forms, surrogates and cut sequences are no characters. */
final class PercentDecoder {
    private PercentDecoder() {}

    /** What decoding came to. */
    sealed interface Result {}

    /** The text. */
    record Decoded(String text) implements Result {}

    /** The text is not well-formed. */
    record Malformed() implements Result {}

    /** Decodes ASCII text; {@code plusIsSpace} is the rule of query strings. */
    static Result decode(String raw, boolean plusIsSpace) {
        byte[] bytes = new byte[raw.length()];
        int length = 0;
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                int octet = octet(raw, i);
                if (octet < 0) {
                    return new Malformed();
                }
                bytes[length++] = (byte) octet;
                i += 2;
            } else {
                bytes[length++] = (byte) (plusIsSpace && c == '+' ? ' ' : c);
            }
        }
        return utf8(ByteBuffer.wrap(bytes, 0, length));
    }

    /** Answers the octet that is encoded at the percent sign, -1 when two hexadecimal digits do not follow. */
    static int octet(String text, int percent) {
        if (percent + 2 >= text.length()) {
            return -1;
        }
        int high = hex(text.charAt(percent + 1));
        int low = hex(text.charAt(percent + 2));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    // not Character.digit: that takes full-width and other digits too
    private static int hex(char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private static Result utf8(ByteBuffer bytes) {
        try {
            return new Decoded(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(bytes)
                    .toString());
        } catch (CharacterCodingException e) {
            return new Malformed();
        }
    }
}
