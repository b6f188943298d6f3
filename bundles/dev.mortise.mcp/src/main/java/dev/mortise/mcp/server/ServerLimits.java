// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import java.time.Duration;

/**
 * What bounds speaking to servers.
 *
 * @param most connections and programs at once
 * @param idle how long one may be unused
 * @param threads that speak to them
 * @param patience with one request, and with all pages of a list
 * @param tools of one plugin that are offered: of further ones nobody asks
 */
public record ServerLimits(int most, Duration idle, int threads, Duration patience, int tools) {}
