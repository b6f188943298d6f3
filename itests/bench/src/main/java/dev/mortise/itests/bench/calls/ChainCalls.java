// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import java.util.List;

/**
 * A client calls a plugin that calls another one, beside handlers on bare Jetty that call one another over the loopback
 * interface. Both handlers are in one process, which favours Jetty: two would cost more.
 */
record ChainCalls(Containers containers, RaceTable table) {
    private static final String PATH = "/api/v1/p/front/chain/7";

    void measure() throws Exception {
        try (BareProcess jdk = containers.bare("chain-jdk", "jdk");
                BareProcess jetty = containers.bare("chain-jetty", "jetty");
                Container container = containers.start("chain", Containers.AUTH_OFF, folder -> {
                    new CalledPlugin("back", false).write(folder);
                    CallingPlugin.FRONT.write(folder);
                })) {
            container.awaitServing("front", "1.0.0");
            Client client = container.anonymous().tenant("default");
            Same.check(
                    List.of(
                            client,
                            new Client(jdk.server().base()),
                            new Client(jetty.server().base())),
                    PATH);
            table.print(
                    "Client → plugin → ServiceClient → plugin, beside handler → loopback → handler on bare Jetty",
                    List.of(
                            lane("plugin → plugin", Containers.server(container), client),
                            lane("bare Jetty, java.net.http", jdk.server(), client),
                            lane("bare Jetty, Jetty's client", jetty.server(), client)));
        }
    }

    private static Lane lane(String name, Server server, Client client) {
        return Lane.of(name, server, client.fields(), List.of(PATH));
    }
}
