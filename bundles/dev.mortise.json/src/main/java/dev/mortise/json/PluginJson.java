// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.PluginServices;
import java.util.List;
import java.util.Map;
import org.osgi.service.component.annotations.Component;

/** Gives each plugin version a strict mapper of its own, which goes when that version is retired. */
@Component(property = "mortise.platform=json")
public final class PluginJson implements PluginServices {
    @Override
    public List<Offer<?>> forPlugin(Scope scope) {
        JacksonJson json = new JacksonJson(Mappers::strict);
        return List.of(new Offer<>(Json.class, json, Map.of(), json::close));
    }
}
