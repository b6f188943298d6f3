// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.PluginManifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A server as {@code plugin.json} names it below {@code mcp}.
 *
 * @param place where it is reached
 * @param auth the id of the method whose credentials it takes
 */
record Declared(String id, Place place, Optional<String> auth) {
    /** Where a server is reached. */
    sealed interface Place {
        /** Somewhere else, over streamable HTTP. */
        record External(String url) implements Place {}

        /** A program that is started here, over its standard input and output. */
        record Local(List<String> command) implements Place {
            public Local {
                command = List.copyOf(command);
            }
        }
    }

    /** Reads the servers of a plugin; the schema of plugin.json has judged them. */
    static List<Declared> of(PluginManifest manifest, Json json) {
        if (!manifest.json().contains("\"mcp\"")) {
            return List.of(); // most have none, and reading costs
        }
        Object mcp = json.read(manifest.json(), Map.class).get("mcp");
        List<Declared> servers = new ArrayList<>();
        if (mcp instanceof Map<?, ?> lists) {
            each(lists.get("local"), servers);
            each(lists.get("external"), servers);
        }
        return servers;
    }

    private static void each(@Nullable Object list, List<Declared> servers) {
        if (list instanceof List<?> all) {
            for (Object one : all) {
                if (one instanceof Map<?, ?> server) {
                    read(server).ifPresent(servers::add);
                }
            }
        }
    }

    private static Optional<Declared> read(Map<?, ?> server) {
        Optional<String> auth = Optional.ofNullable(server.get("auth")).map(String::valueOf);
        Optional<Place> place = server.get("url") instanceof String url
                ? Optional.of(new Place.External(url))
                : server.get("command") instanceof List<?> command
                        ? Optional.of(new Place.Local(
                                command.stream().map(String::valueOf).toList()))
                        : Optional.empty();
        return place.map(known -> new Declared(String.valueOf(server.get("id")), known, auth));
    }
}
