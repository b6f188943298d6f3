// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import java.time.Duration;

/**
 * What bounds lists and calls.
 *
 * @param list how long a plugin may take to say which tools it has
 * @param keep how long that holds
 * @param retry how long nobody asks one again that failed
 * @param lists how many are kept
 * @param each how many tools of one plugin are offered
 * @param call how long a call may take
 */
public record ToolLimits(Duration list, Duration keep, Duration retry, int lists, int each, Duration call) {}
