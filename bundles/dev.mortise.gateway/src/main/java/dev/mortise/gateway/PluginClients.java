// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.service.ServiceClient;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.PluginServices;
import java.util.List;
import java.util.Map;

/** Gives each plugin version a service client of its own. */
final class PluginClients implements PluginServices {
    private final PluginClient.Carriers carriers;
    private final JsonFactory mappers;

    PluginClients(PluginClient.Carriers carriers, JsonFactory mappers) {
        this.carriers = carriers;
        this.mappers = mappers;
    }

    @Override
    public List<Offer<?>> forPlugin(Scope scope) {
        PluginClient client = new PluginClient(scope, carriers, mappers);
        return List.of(new Offer<>(ServiceClient.class, client, Map.of(), client::close));
    }
}
