// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.PluginManifest;

/**
 * Reads a {@code plugin.json} that somebody else has judged already: the container before it started a process, or the core
 * when the plugin announced itself. Loads no schema, so it answers soon. Implemented by the JSON bundle, used by the worker,
 * which finds it by {@link java.util.ServiceLoader}.
 */
public interface JudgedManifests {
    /**
     * Reads the document.
     *
     * @throws IllegalArgumentException when it is no plugin.json after all, with what stands against it
     */
    PluginManifest read(byte[] document);
}
