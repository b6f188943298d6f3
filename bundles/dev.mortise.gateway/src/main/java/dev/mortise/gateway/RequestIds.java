// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Headers;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** Names a request: what logs, traces and problems of it share. Values of callers are taken only when they are harmless. */
final class RequestIds {
    static final String HEADER = "X-Request-Id";
    static final String TRACEPARENT = "traceparent";

    private static final int LONGEST = 64;
    private static final int TRACEPARENT_LENGTH = 55;

    private RequestIds() {}

    /** Answers the caller's id when it is 1 to 64 of letters, digits, '.', '_' and '-'; a new one otherwise. */
    static String of(Headers headers) {
        return headers.first(HEADER).filter(RequestIds::sane).orElseGet(RequestIds::fresh);
    }

    static String fresh() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
    }

    /** Answers the caller's trace context (W3C Trace Context, version 00) when it is well-formed. */
    static Optional<String> traceparent(Headers headers) {
        return headers.first(TRACEPARENT).filter(RequestIds::wellFormed);
    }

    private static boolean sane(String id) {
        if (id.isEmpty() || id.length() > LONGEST) {
            return false;
        }
        for (int i = 0; i < id.length(); i++) {
            char c = id.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean digit = c >= '0' && c <= '9';
            if (!letter && !digit && c != '.' && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    // 00-<32 hex, not all zero>-<16 hex, not all zero>-<2 hex>
    private static boolean wellFormed(String text) {
        return text.length() == TRACEPARENT_LENGTH
                && text.startsWith("00-")
                && text.charAt(35) == '-'
                && text.charAt(52) == '-'
                && hex(text, 3, 35)
                && hex(text, 36, 52)
                && hex(text, 53, 55)
                && !zero(text, 3, 35)
                && !zero(text, 36, 52);
    }

    private static boolean hex(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    private static boolean zero(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text.charAt(i) != '0') {
                return false;
            }
        }
        return true;
    }
}
