// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.route;

import java.nio.charset.StandardCharsets;

/** Encodes text for a URL (RFC 3986, section 2.1): what {@link CanonicalPath} decoded goes on as it came. */
public final class PercentEncoder {
    // pchar and '/', RFC 3986, section 3.3.
    private static final String IN_PATHS = "-._~!$&'()*+,;=:@/";
    private static final String IN_TEXT = "-._~";
    private static final String HEX = "0123456789ABCDEF";

    private PercentEncoder() {}

    /** Encodes a decoded path; its slashes stay. */
    public static String path(String decoded) {
        return encode(decoded, IN_PATHS);
    }

    /** Encodes everything but letters, digits and a few marks. */
    public static String text(String plain) {
        return encode(plain, IN_TEXT);
    }

    private static String encode(String text, String others) {
        if (text.chars().allMatch(c -> stays(c, others))) {
            return text;
        }
        StringBuilder encoded = new StringBuilder();
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            if (stays(octet, others)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(HEX.charAt((octet >> 4) & 0xF)).append(HEX.charAt(octet & 0xF));
            }
        }
        return encoded.toString();
    }

    private static boolean stays(int c, String others) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || others.indexOf(c) >= 0;
    }
}
