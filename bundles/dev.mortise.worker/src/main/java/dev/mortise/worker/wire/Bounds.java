// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import java.time.Duration;

/**
 * What the server takes at most. System properties say it, because the JVM's options are the one configuration that all ways
 * to start a worker have (worker/jvm.options).
 *
 * @param connections that are open at once, each with a thread
 * @param headBytes of request line and fields together, where one line may have half of them
 * @param fields of a request
 * @param idle how long a connection is waited for, from one answer to the end of the next head. The gateway closes its own after 15 s
 *     (hop.idle.seconds), and one that this side closed first could lose a call
 */
public record Bounds(int connections, int headBytes, int fields, Duration idle) {
    /** Reads them; what is not said is as the gateway needs it by default, and more. */
    public static Bounds ofProperties() {
        return new Bounds(
                positive("mortise.worker.connections", 200),
                1024 * positive("mortise.worker.head.max.kb", 128),
                positive("mortise.worker.head.max.fields", 400),
                Duration.ofSeconds(positive("mortise.worker.idle.seconds", 30)));
    }

    private static int positive(String property, int otherwise) {
        int value = Integer.getInteger(property, otherwise);
        if (value < 1 || value > 1_000_000) {
            throw new IllegalArgumentException("%s is %d. Allowed: 1 to 1000000.".formatted(property, value));
        }
        return value;
    }
}
