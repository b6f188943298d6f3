// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Headers;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What a plugin elsewhere tells of the call that its request is part of. Both numbers can only shorten the sender's own
 * call, so they are taken without proof.
 *
 * @param hop the plugin-to-plugin hops that lie behind the call, with this one
 * @param remainingNanos the time that the caller has left
 */
record Leg(int hop, long remainingNanos) {
    private static final long UNLIMITED = Long.MAX_VALUE;
    private static final long LONGEST_MILLIS = Integer.MAX_VALUE;
    private static final int LONGEST_NUMBER = 18;

    /** The leg of a request by a client. */
    static final Leg FIRST = new Leg(0, UNLIMITED);

    /** Reads the leg from the fields of a request between plugins. */
    static Leg of(Headers headers) {
        long hops = number(headers, "X-Mortise-Hop").orElse(0);
        OptionalLong millis = number(headers, "X-Mortise-Deadline-Ms");
        return new Leg(
                (int) Math.min(hops + 1, Integer.MAX_VALUE),
                millis.isPresent() ? millis.getAsLong() * 1_000_000 : UNLIMITED);
    }

    /** Answers why the call must end here, or null when it may go on. */
    @Nullable
    Refusal refusal(int hopLimit) {
        if (hop > hopLimit) {
            return tooMany(hopLimit);
        }
        return remainingNanos > 0 ? null : Refusal.of(ErrorCode.DEADLINE_EXCEEDED, "The caller has no time left.");
    }

    /** Answers how much of a time the caller leaves; one that leaves nothing is told by {@link #refusal}. */
    long within(long nanos) {
        return remainingNanos > 0 ? Math.min(nanos, remainingNanos) : nanos;
    }

    /**
     * Refuses a call that took too long, and says whose time that was.
     *
     * @param asked method and path
     */
    Refusal late(String asked, long nanos) {
        boolean callers = remainingNanos <= nanos;
        long millis = (callers ? remainingNanos : nanos) / 1_000_000;
        return Refusal.of(
                ErrorCode.DEADLINE_EXCEEDED,
                (callers
                                ? "%s was not answered within the %d ms that its caller had left."
                                : "%s was not answered within %d ms. Ask for less, or give the endpoint a longer timeoutMs.")
                        .formatted(asked, millis));
    }

    /** Refuses a call that lies so deep that plugins must call one another in a circle. */
    static Refusal tooMany(int hopLimit) {
        return Refusal.of(
                ErrorCode.LOOP_DETECTED,
                "More than %d calls from plugin to plugin lie behind this one. Look for a circle, or raise 'hop.limit' in etc/gateway.properties."
                        .formatted(hopLimit));
    }

    private static OptionalLong number(Headers headers, String name) {
        return headers.first(name)
                .filter(Leg::digits)
                .map(text -> OptionalLong.of(Math.min(Long.parseLong(text), LONGEST_MILLIS)))
                .orElse(OptionalLong.empty());
    }

    private static boolean digits(String text) {
        if (text.isEmpty() || text.length() > LONGEST_NUMBER) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
