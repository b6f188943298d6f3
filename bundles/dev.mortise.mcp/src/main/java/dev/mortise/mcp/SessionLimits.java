// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import java.time.Duration;

/**
 * What bounds sessions and their streams.
 *
 * @param most sessions at once
 * @param each of one caller
 * @param idle how long one may be without a request
 * @param requests that wait for plugins at once
 * @param streams open at once
 * @param longest how long one may be open
 * @param heartbeat how long one may be silent
 */
record SessionLimits(
        int most, int each, Duration idle, int requests, int streams, Duration longest, Duration heartbeat) {
    static SessionLimits of(McpConfig config) {
        return new SessionLimits(
                config.sessions_max(),
                config.sessions_each(),
                Duration.ofSeconds(config.sessions_idle_seconds()),
                config.requests_max(),
                config.streams_max(),
                Duration.ofSeconds(config.streams_seconds()),
                Duration.ofSeconds(config.streams_heartbeat_seconds()));
    }
}
