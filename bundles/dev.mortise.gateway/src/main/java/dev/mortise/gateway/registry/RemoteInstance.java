// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.registry;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * An instance that runs in another process, as it was registered.
 *
 * @param id of the registration
 * @param manifest of its plugin, with those services alone that it offers
 * @param peer where it is called
 * @param hopKey signs what calls carry to it
 * @param lastSeen when it last gave a sign of life
 */
public record RemoteInstance(
        String id,
        PluginManifest manifest,
        Peer peer,
        String node,
        Optional<String> tenant,
        String hopKey,
        Supplier<Instant> lastSeen) {
    /** Answers the id of one of its services. */
    public static String serviceId(String registration, String service) {
        return UUID.nameUUIDFromBytes((registration + "/" + service).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    /** Answers this instance with these services alone. */
    RemoteInstance offering(List<ServiceDeclaration> services) {
        return new RemoteInstance(id, offering(manifest, services), peer, node, tenant, hopKey, lastSeen);
    }

    static PluginManifest offering(PluginManifest manifest, List<ServiceDeclaration> services) {
        return new PluginManifest(
                manifest.id(),
                manifest.name(),
                manifest.version(),
                manifest.description(),
                manifest.host(),
                services,
                manifest.dependencies(),
                manifest.runtime(),
                manifest.sharedReaders(),
                manifest.config(),
                manifest.json());
    }

    @Override
    public String toString() {
        return "instance of plugin '%s' on node '%s'".formatted(manifest.id(), node);
    }
}
