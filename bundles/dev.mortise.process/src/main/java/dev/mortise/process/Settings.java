// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

import dev.mortise.process.hop.HopSettings;
import dev.mortise.process.hop.HopSettings.AnswerLimits;
import dev.mortise.process.hop.HopSettings.PeerLimits;
import java.time.Duration;

/** Reads the configuration. */
final class Settings {
    private Settings() {}

    /**
     * Answers what bounds calls.
     *
     * @throws IllegalArgumentException naming the key and what it takes
     */
    static HopSettings of(ProcessConfig config) {
        return new HopSettings(
                Duration.ofMillis(config.hop_connect_timeout_ms()),
                config.hop_connections(),
                new PeerLimits(config.hop_connections_per_peer(), config.hop_waiting_per_peer()),
                Duration.ofSeconds(config.hop_idle_seconds()),
                Duration.ofSeconds(config.hop_stream_idle_seconds()),
                new AnswerLimits(
                        bytes(config.hop_header_max_kb(), 10),
                        bytes(config.hop_answer_at_once_kb(), 10),
                        bytes(config.hop_answer_max_mb(), 20)),
                config.hop_threads());
    }

    /** Answers a size that does not overflow: what is too large is found too large. */
    private static int bytes(int units, int shift) {
        return (int) Math.min((long) units << shift, Integer.MAX_VALUE);
    }
}
