// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;

/** Clients that call as a plugin does. */
final class PluginClients {
    private PluginClients() {}

    /** Answers a client with a new credential of a plugin for a tenant. */
    static Client of(Container container, String plugin, String tenant) {
        Answer made = container
                .admin()
                .post(
                        "/api/v1/tokens",
                        "{\"kind\":\"plugin\",\"plugin\":\"%s\",\"tenant\":\"%s\"}".formatted(plugin, tenant));
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return container.anonymous().token(made.json().path("token").asText());
    }
}
