// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Metadata;
import dev.mortise.kernel.model.JsonText;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.testkit.admin.NotedInstallations;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MetadataRoutesTest {
    private static final String SHOWN = """
            {"id":"crm","version":"1.0.0","sha256":"ab","state":"fresh","fetchedAt":"1970-01-01T00:00:00Z",
             "metadata":{"id":"crm","x":1.50}}""";

    private final List<PluginId> refreshed = new ArrayList<>();
    private final Surface routes =
            new Surface(new MetadataRoutes(new Fixed(), new NotedInstallations(), new JacksonJsonFactory()));

    @Test
    void showsTheCopy() throws Exception {
        routes.answers("GET", "/api/v1/plugins/{id}/metadata", Requests.admin().parameter("id", "crm"), 200, SHOWN);
    }

    @Test
    void readsAgain() throws Exception {
        routes.answers(
                "POST",
                "/api/v1/tenants/{tenant}/plugins/{plugin}/refresh-metadata",
                Requests.admin().parameter("tenant", "acme").parameter("plugin", "crm"),
                200,
                SHOWN);

        assertThat(refreshed).containsExactly(new PluginId("crm"));
    }

    /** Always the same copy. */
    private final class Fixed implements Metadata {
        @Override
        public Copy find(PluginId plugin) {
            return new Copy(
                    plugin.value(),
                    "1.0.0",
                    "ab",
                    "fresh",
                    Optional.of(Instant.EPOCH),
                    Optional.empty(),
                    Optional.of(new JsonText("{\"id\":\"crm\",\"x\":1.50}")));
        }

        @Override
        public Copy refresh(PluginId plugin) {
            refreshed.add(plugin);
            return find(plugin);
        }
    }
}
