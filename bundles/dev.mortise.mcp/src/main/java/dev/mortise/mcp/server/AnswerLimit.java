// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

/**
 * How long an answer of a server may be: whoever asks holds the whole of it.
 *
 * @param bytes of the answer to one question
 * @param exceeded is told of each that is longer
 */
public record AnswerLimit(int bytes, Runnable exceeded) {
    /** Refuses what no number of bytes can be. */
    public AnswerLimit {
        if (bytes < 1) {
            throw new IllegalArgumentException("An answer has at least a byte, not %d.".formatted(bytes));
        }
    }

    /** Makes one of kilobytes. */
    public static AnswerLimit ofKilobytes(int most, Runnable exceeded) {
        return new AnswerLimit(Math.multiplyExact(most, 1 << 10), exceeded);
    }

    /** An answer is longer; answers the sentence for whoever asked. */
    ServerFault fault() {
        exceeded.run();
        return new ServerFault("Its answer has more than %d bytes (servers.answer.max.kb).".formatted(bytes));
    }
}
