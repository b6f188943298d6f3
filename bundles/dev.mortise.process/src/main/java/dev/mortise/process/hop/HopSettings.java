// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.time.Duration;

/**
 * What bounds calls to other processes.
 *
 * @param connectTimeout until a call has a connection, new or of an earlier call
 * @param connections open ones, to all peers
 * @param peer of each peer
 * @param idle after which an unused connection is closed
 * @param streamIdle without a byte of an answer that streams
 * @param answer of each answer
 * @param threads that carry bytes
 */
public record HopSettings(
        Duration connectTimeout,
        int connections,
        PeerLimits peer,
        Duration idle,
        Duration streamIdle,
        AnswerLimits answer,
        int threads) {
    private static final int LEAST_THREADS = 4;

    public HopSettings {
        positive("hop.connect.timeout.ms", connectTimeout.toMillis());
        positive("hop.connections", connections);
        positive("hop.idle.seconds", idle.toMillis());
        positive("hop.stream.idle.seconds", streamIdle.toMillis());
        if (threads < LEAST_THREADS) {
            throw new IllegalArgumentException("hop.threads is at least " + LEAST_THREADS + ", not " + threads + ".");
        }
    }

    /**
     * What bounds calls to one peer.
     *
     * @param connections open ones
     * @param waiting calls that wait for one
     */
    public record PeerLimits(int connections, int waiting) {
        public PeerLimits {
            positive("hop.connections.per.peer", connections);
            positive("hop.waiting.per.peer", waiting);
        }
    }

    /**
     * What bounds an answer.
     *
     * @param headerBytes status line and fields
     * @param bytesAtOnce that are waited for before the answer is handed on
     * @param bytesInMemory of one that the caller wants as a whole
     */
    public record AnswerLimits(int headerBytes, int bytesAtOnce, int bytesInMemory) {
        private static final int MAX_BYTES = 1024 << 20;

        public AnswerLimits {
            within("hop.header.max.kb", headerBytes);
            within("hop.answer.at.once.kb", bytesAtOnce + 1L);
            within("hop.answer.max.mb", bytesInMemory);
        }

        private static void within(String key, long bytes) {
            positive(key, bytes);
            if (bytes > MAX_BYTES) {
                throw new IllegalArgumentException(key + " is too large: at most 1 GB.");
            }
        }
    }

    private static void positive(String key, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(key + " is a positive number, not " + value + ".");
        }
    }
}
