// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.JsonSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes offers of what a plugin and its servers say that they have. A client refuses a whole list for one tool that is none,
 * so that such a one is left out.
 */
final class OfferReader {
    private static final Logger LOG = LoggerFactory.getLogger(OfferReader.class);
    /** Members of a tool (2025-11-25), beside its name and schema, that clients are told. */
    private static final Set<String> TOLD =
            Set.of("title", "description", "outputSchema", "annotations", "icons", "_meta");

    private final PluginId plugin;
    private final Json json;
    private final JsonSchemas schemas;
    private final int most;
    private final Map<String, Offer> offers = new LinkedHashMap<>();
    private int leftOut;

    OfferReader(PluginId plugin, Json json, JsonSchemas schemas, int most) {
        this.plugin = plugin;
        this.json = json;
        this.schemas = schemas;
        this.most = most;
    }

    /** Takes the tools of the plugin, or of one of its servers. */
    void take(Optional<String> server, List<?> tools) {
        for (Object tool : tools) {
            Optional<Offer> offer =
                    tool instanceof Map<?, ?> description ? offer(server, description) : Optional.empty();
            if (offer.isEmpty()) {
                LOG.warn("plugin={} a tool is left out: it has no name, or no inputSchema of type object", plugin);
            } else if (offers.containsKey(offer.get().name())) {
                LOG.warn(
                        "plugin={} tool '{}' is left out: there is one of that name",
                        plugin,
                        offer.get().name());
            } else if (offers.size() >= most) {
                leftOut++;
            } else {
                offers.put(offer.get().name(), offer.get());
            }
        }
    }

    /** Answers the offers by name. */
    Map<String, Offer> offers() {
        if (leftOut > 0) {
            LOG.warn("plugin={} {} of its tools are left out: {} are offered (tools.each)", plugin, leftOut, most);
        }
        return offers;
    }

    private Optional<Offer> offer(Optional<String> server, Map<?, ?> tool) {
        if (!(tool.get("name") instanceof String own)
                || !(tool.get("inputSchema") instanceof Map<?, ?> schema)
                || !"object".equals(schema.get("type"))) {
            return Optional.empty();
        }
        String name = ToolName.of(plugin, server.map(id -> id + "_" + own).orElse(own));
        Arguments arguments = server.isEmpty() ? new Arguments(schemas, text(schema)) : Arguments.unjudged();
        return Optional.of(
                new Offer(plugin, name, own, server, shown(name, schema, tool), permissions(server, tool), arguments));
    }

    private static Map<String, Object> shown(String name, Map<?, ?> schema, Map<?, ?> tool) {
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("name", name);
        shown.put("inputSchema", schema);
        tool.forEach((key, value) -> {
            if (TOLD.contains(String.valueOf(key)) && value != null) {
                shown.put(String.valueOf(key), value);
            }
        });
        return shown;
    }

    private Set<String> permissions(Optional<String> server, Map<?, ?> tool) {
        Set<String> declared = server.isEmpty() && tool.get("permissions") instanceof List<?> list
                ? list.stream().map(String::valueOf).collect(Collectors.toSet())
                : Set.of();
        return declared.isEmpty() ? Set.of("plugin." + plugin + ".tools") : declared;
    }

    private String text(Object schema) {
        try {
            return json.write(schema).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
