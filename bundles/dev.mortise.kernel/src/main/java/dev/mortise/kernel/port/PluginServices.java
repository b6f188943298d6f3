// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginManifest;
import java.util.List;
import java.util.Map;

/**
 * Supplies the platform services that one plugin version sees: gateway, data, JSON and others each implement it; the host
 * registers what they answer for that plugin's bundle alone, and closes it at retirement.
 */
public interface PluginServices {
    /** Makes the services of one plugin version; called once per start, cheap, opens nothing. */
    List<Offer<?>> forPlugin(Scope scope);

    /** The plugin version that the services are for. */
    record Scope(PluginManifest manifest, Digest digest) {}

    /**
     * One service.
     *
     * @param type the interface that plugins reference
     * @param close releases what the service came to hold; called once, after the bundle stopped
     */
    record Offer<T>(Class<T> type, T service, Map<String, Object> properties, Runnable close) {
        /** Offers a service that holds nothing. */
        public static <T> Offer<T> of(Class<T> type, T service) {
            return new Offer<>(type, service, Map.of(), () -> {});
        }
    }
}
