// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginState;
import java.util.List;
import java.util.Optional;

/**
 * Why a plugin, or a newer version of it, is not READY; no problems when all is well.
 *
 * @param warnings what does not stop it
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
