// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.EndpointBuilder.endpoint;

import dev.mortise.itests.distribution.plugins.rows.Answers;
import dev.mortise.itests.distribution.plugins.rows.CallsBack;
import dev.mortise.itests.distribution.plugins.rows.Context;
import dev.mortise.itests.distribution.plugins.rows.Echoes;
import dev.mortise.itests.distribution.plugins.rows.Faults;
import dev.mortise.itests.distribution.plugins.rows.Late;
import dev.mortise.itests.distribution.plugins.rows.Life;
import dev.mortise.itests.distribution.plugins.rows.Relays;
import dev.mortise.itests.distribution.plugins.rows.Streams;
import dev.mortise.itests.distribution.plugins.rows.Tools;
import dev.mortise.testkit.EndpointBuilder;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.PluginJar;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The plugin of the contract suite: one jar in all but its id, and a program that answers as it does. */
final class RowsPlugin {
    private static final Duration ENOUGH = Duration.ofSeconds(5);

    private RowsPlugin() {}

    /** Makes the jar for a place. */
    static PluginJar at(Place place) throws IOException {
        PluginBuilder described = described(place);
        return place == Place.NODE
                ? described
                        .with("runtime", runtime(Map.of("command", List.of("node", "rows.js"))))
                        .jar()
                        .withEntry("worker/rows.js", program())
                : described
                        .with("runtime", runtime(Map.of()))
                        .jar()
                        .withClasses(
                                Answers.class,
                                Echoes.class,
                                Faults.class,
                                Context.class,
                                Life.class,
                                Streams.class,
                                Late.class,
                                CallsBack.class,
                                Tools.class);
    }

    /** Makes the one that it calls. */
    static PluginJar mate() {
        PluginBuilder mate = PluginBuilder.plugin("mate")
                .offers(
                        "mate.things",
                        "1.0.0",
                        endpoint("GET /context/bound").needing("plugin.mate.read"),
                        endpoint("GET /status/{code}"),
                        endpoint("POST /echo"));
        for (Place place : Place.values()) {
            mate.wants(place.plugin(), place.plugin() + ".rows", "^1.0.0");
        }
        return mate.jar().withClasses(Answers.class, Context.class, Echoes.class, Relays.class);
    }

    private static PluginBuilder described(Place place) {
        return PluginBuilder.plugin(place.plugin())
                .offers(
                        place.plugin() + ".rows",
                        "1.0.0",
                        endpoint("GET /context").within(ENOUGH),
                        Stream.of(plain(), special()).flatMap(List::stream).toArray(EndpointBuilder[]::new))
                .wants("mate.things", "^1.0.0")
                .with(
                        "config",
                        Map.of(
                                "colour", Map.of("default", "red", "env", "ROWS_COLOUR"),
                                "size", Map.of("type", "integer", "default", 7),
                                "apiKey", Map.of("label", "API key", "encrypted", true)))
                .with("auth", List.of(Map.of("id", "key", "type", "apiKey", "configField", "apiKey")));
    }

    private static List<EndpointBuilder> plain() {
        return Stream.of(
                        "GET /bytes",
                        "GET /fields",
                        "GET /status/{code}",
                        "GET /text",
                        "GET /tagged",
                        "GET /large/known",
                        "GET /large/unknown",
                        "GET /seen/{value}",
                        "POST /seen/{value}",
                        "PUT /seen/{value}",
                        "PATCH /seen/{value}",
                        "DELETE /seen/{value}",
                        "POST /echo",
                        "GET /fault/{kind}",
                        "GET /context/own",
                        "GET /context/none",
                        "GET /life",
                        "GET /given",
                        "POST /mood/{mood}",
                        "POST /pieces/tick",
                        "GET /pieces/end",
                        "GET /late/outcome",
                        "GET /back/typed",
                        "GET /back/status/{code}",
                        "GET /back/uncaught/{code}",
                        "GET /back/undeclared",
                        "POST /back/bytes",
                        "GET /back/shared",
                        "GET /back/log")
                .map(EndpointBuilder::endpoint)
                .toList();
    }

    private static List<EndpointBuilder> special() {
        return List.of(
                endpoint("GET /guarded").needing("plugin.rows.guard"),
                endpoint("GET /context/bound").within(ENOUGH),
                endpoint("GET /context/executor").within(ENOUGH),
                endpoint("GET /context/wrapped").within(ENOUGH),
                endpoint("GET /back/context").within(ENOUGH),
                endpoint("GET /pieces").streaming(),
                endpoint("POST /conversation").streaming(),
                endpoint("POST /late").within(Duration.ofMillis(500)));
    }

    private static Map<String, Object> runtime(Map<String, Object> more) {
        Map<String, Object> runtime = new LinkedHashMap<>(more);
        runtime.put("locations", List.of("bundle", "worker", "remote"));
        return runtime;
    }

    private static byte[] program() throws IOException {
        try (InputStream source = RowsPlugin.class.getResourceAsStream("rows.js")) {
            return Objects.requireNonNull(source).readAllBytes();
        }
    }
}
