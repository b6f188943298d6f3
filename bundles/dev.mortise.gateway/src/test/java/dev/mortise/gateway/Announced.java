// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.model.PluginManifest;
import java.util.Optional;

/** What programs elsewhere say of themselves. */
final class Announced {
    private Announced() {}

    static Registry.Registration by(
            String announcer, String plugin, Optional<PluginManifest> manifest, String address, boolean poll) {
        return new Registry.Registration(
                announcer,
                plugin,
                manifest,
                Optional.empty(),
                Optional.empty(),
                address,
                Optional.empty(),
                poll,
                Optional.empty());
    }

    /** The claim of whoever was registered. */
    static Registry.Claim claim(String plugin, Registry.Registered.Done done) {
        return claim(plugin, done.services().get(0).serviceId(), Optional.of(done.leaseToken()));
    }

    /** The claim of an administrator, who has no lease. */
    static Registry.Claim administrator(Registry.Registered.Done done) {
        return new Registry.Claim(
                Optional.empty(),
                Optional.of(done.services().get(0).serviceId()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    static Registry.Claim claim(String plugin, String serviceId, Optional<String> leaseToken) {
        return new Registry.Claim(
                Optional.of(plugin), Optional.of(serviceId), Optional.empty(), Optional.empty(), leaseToken);
    }
}
