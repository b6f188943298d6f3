// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginState;
import java.util.List;
import java.util.Optional;

/**
 * Why a plugin is not READY; no problems when it is.
 *
 * @param problems of the version that speaks for the plugin, then of versions beside it that do not come up
 * @param warnings what does not keep it from being READY
 */
public record Why(
        String id,
        String version,
        PluginState state,
        String summary,
        Optional<String> remedy,
        List<String> chain,
        List<Item> problems,
        List<String> warnings) {
    /** One problem. */
    public record Item(
            String code,
            String message,
            String remedy,
            Optional<String> pointer,
            Optional<List<String>> path,
            Optional<String> required,
            Optional<String> found,
            Optional<Nearest> nearest) {}

    /** The candidate that almost fits. */
    public record Nearest(String pluginId, String version, String whyNot) {}
}
