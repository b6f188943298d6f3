// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Sharing;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A container with the plugins desk and stock, which share data. */
record SharedDesks(Container container) implements AutoCloseable {
    static final String AREA = "/api/v1/shared-data/";

    static SharedDesks start(Path home) throws Exception {
        Map<String, String> environment = new HashMap<>(OldestServer.environment());
        environment.put("MORTISE_DATA_SHARED_KEYS_MAX", "500");
        Container container = Container.start(Product.find(), home, environment).awaitReady();
        Operator operator = Operator.of(container);
        operator.install(plugin("desk").shares("desk.secret", "ledger").jar().withClasses(Sharing.class));
        operator.install(plugin("stock").jar().withClasses(Sharing.class));
        container.admin().post("/api/v1/tenants", "{\"slug\":\"beta\"}");
        return new SharedDesks(container);
    }

    @Override
    public void close() throws InterruptedException {
        container.close();
    }

    /** Answers a client with a credential that is bound to a plugin and a tenant. */
    Client bound(String plugin, String tenant) {
        return PluginClients.of(container, plugin, tenant);
    }

    static Answer post(Client client, String path, String order) {
        return client.post(AREA + path, order.replace('\'', '"'));
    }

    static String ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
