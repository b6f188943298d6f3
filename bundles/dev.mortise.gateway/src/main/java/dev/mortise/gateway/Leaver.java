// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A plugin version on its way out, and the providers that leave with it but wait for the calls that run in it. */
final class Leaver {
    private final Mounted version;
    // By the name of the service; written only while the departure is made, before anybody else sees it.
    private final Map<String, ServiceMount> kept = new HashMap<>();

    Leaver(Mounted version) {
        this.version = version;
    }

    Mounted version() {
        return version;
    }

    void keep(Needs.Need need, ServiceMount provider) {
        kept.put(need.service().value(), provider);
    }

    Collection<ServiceMount> kept() {
        return kept.values();
    }

    @Nullable
    ServiceMount kept(Needs.Need need) {
        return kept.get(need.service().value());
    }

    boolean keeps(Leaver provider) {
        return kept.values().stream().anyMatch(mount -> mount.plugin().owner().traffic() == provider.version.traffic());
    }

    /** Tells whether calls may still run in the version with these bytes: when none does, its providers close. */
    boolean is(PluginId plugin, Digest digest) {
        return version.manifest().id().equals(plugin)
                && version.plugin().entry().digest().equals(digest)
                && !idle();
    }

    boolean idle() {
        return version.traffic().retiredAndIdle();
    }
}
