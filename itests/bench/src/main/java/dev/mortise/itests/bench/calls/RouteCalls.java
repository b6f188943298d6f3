// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import java.util.List;
import java.util.Map;

/** A route through the gateway beside the same handler on bare Jetty: as it comes, and with everything that can be on. */
record RouteCalls(Containers containers, RaceTable table) {
    private static final List<String> PATHS = List.of(CalledPlugin.path("back"));

    void measure() throws Exception {
        try (BareProcess bare = containers.bare("route-bare", "none");
                Container plain = containers.start(
                        "route-plain", Containers.AUTH_OFF, folder -> new CalledPlugin("back", false).write(folder));
                Container guarded = containers.start(
                        "route-guarded", Map.of(), folder -> new CalledPlugin("back", true).write(folder));
                Container full = containers.start(
                        "route-full", Containers.ACCESS_LOG, folder -> new CalledPlugin("back", true).write(folder))) {
            plain.awaitServing("back", "1.0.0");
            guarded.awaitServing("back", "1.0.0");
            full.awaitServing("back", "1.0.0");
            Client open = plain.anonymous().tenant("default");
            compare("A route of a plugin, guards and metrics on, authentication off", bare, plain, open);
            compare("The same with authentication, a rate and metrics on", bare, guarded, guarded.client());
            compare("The same with the access log too", bare, full, full.client());
        }
    }

    private void compare(String title, BareProcess bare, Container container, Client client) throws Exception {
        Map<String, String> fields = client.fields();
        Same.check(List.of(client, new Client(bare.server().base())), PATHS.get(0));
        table.print(
                title,
                List.of(
                        Lane.of("bare Jetty", bare.server(), fields, PATHS),
                        Lane.of("plugin", Containers.server(container), fields, PATHS)));
    }
}
