// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.PluginManifest;
import java.util.List;

/** A plugin version, the instances of the services that it offers, and its tools. */
record Mounted(PluginMount plugin, List<ServiceMount> services, ToolMount tools) {
    Mounted {
        services = List.copyOf(services);
    }

    String id() {
        return plugin.id();
    }

    boolean serves() {
        return plugin.serves();
    }

    PluginManifest manifest() {
        return plugin.entry().manifest();
    }

    /** Answers what counts the calls in it. */
    Traffic traffic() {
        return plugin.owner().traffic();
    }

    /** Ends its streams in order: nobody waits for one that may run for ever. */
    void endStreams() {
        plugin.owner().stay().streams().end();
    }

    /** Tells whether this one, once switched in, would stand in the place of the other one: not so beside another major. */
    boolean displaces(Mounted other) {
        boolean beside = manifest().coexist()
                && !manifest()
                        .version()
                        .major()
                        .equals(other.manifest().version().major());
        return id().equals(other.id()) && !beside;
    }
}
