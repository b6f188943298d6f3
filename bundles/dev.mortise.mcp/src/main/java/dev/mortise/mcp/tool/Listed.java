// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import java.util.Map;

/**
 * What a plugin said of its tools.
 *
 * @param offers by name
 * @param digest another one for other tools
 * @param untilNanos when it is to be asked again, on the scale of {@link System#nanoTime}
 */
record Listed(Map<String, Offer> offers, int digest, long untilNanos) {
    static Listed of(Map<String, Offer> offers, long untilNanos) {
        return new Listed(
                offers, offers.values().stream().map(Offer::shown).toList().hashCode(), untilNanos);
    }
}
