// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.lifecycle;

import org.osgi.annotation.versioning.ConsumerType;

/** Hooks of a plugin's life. Plugins register it as a declarative service; Mortise calls it on a thread of the plugin. */
@ConsumerType
public interface PluginLifecycle {
    /**
     * Prepares this version: once per start in a process, after its migrations, before any call reaches it, without
     * tenant. Deadline 30 s.
     *
     * @throws Exception to refuse the start; the version is FAILED with the message as reason
     */
    default void initialize() throws Exception {}

    /** Ends this version, after its last call. Best effort, 5 s. */
    default void stop() throws Exception {}
}
