// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

/** Where the contract suite has its plugin; at each place it has an id of its own. */
enum Place {
    /** In the container. */
    BUNDLE("inbundle"),
    /** The same jar in a JVM of its own, which the container starts. */
    WORKER("inworker"),
    /** A program that knows the wire alone, started by the container. */
    NODE("innode"),
    /** The same jar started by somebody else, which announces itself. */
    REMOTE("inremote");

    private final String plugin;

    Place(String plugin) {
        this.plugin = plugin;
    }

    /** Answers the id of the plugin that runs there. */
    String plugin() {
        return plugin;
    }
}
