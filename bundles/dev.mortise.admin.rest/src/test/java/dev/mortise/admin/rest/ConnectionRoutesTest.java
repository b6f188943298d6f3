// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Connections;
import dev.mortise.testkit.call.RequestBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ConnectionRoutesTest {
    private static final String AUTH = "/api/v1/tenants/{tenant}/plugins/{plugin}/auth";

    private final Noted noted = new Noted();
    private final Surface routes = new Surface(new ConnectionRoutes(noted, new JacksonJsonFactory()));

    private static RequestBuilder crm() {
        return Requests.admin().parameter("tenant", "acme").parameter("plugin", "crm");
    }

    @Test
    void beginsForWhoeverAsks() throws Exception {
        routes.answers(
                "POST",
                AUTH + "/authorize",
                crm().json("{\"redirectUri\":\"https://b\"}"),
                200,
                "{\"authorizationUrl\":\"https://a\",\"redirectUri\":\"https://b\",\"expiresAt\":\"1970-01-01T00:00:00Z\"}");

        assertThat(noted.orders).containsExactly("begin acme crm Optional.empty Optional[https://b] USER admin:1");
    }

    @Test
    void handsOnWhatTheBrowserCameBackWith() throws Exception {
        routes.answers(
                "POST",
                AUTH + "/callback",
                crm().json("{\"state\":\"s\",\"code\":\"c\"}"),
                200,
                "{\"tenant\":\"acme\",\"plugin\":\"crm\",\"config\":{},\"fields\":[]}");

        assertThat(noted.orders).containsExactly("complete acme crm s Optional[c] Optional.empty USER admin:1");
    }

    @Test
    void tellsWhatBecameOfTheTokens() throws Exception {
        routes.answers("DELETE", AUTH, crm(), 200, "{\"revoked\":true,\"message\":\"Gone.\"}");
    }

    @Test
    void refusesWhatNoServerSends() {
        String path = AUTH + "/callback";
        routes.refuses("POST", path, crm().json("{\"code\":\"c\"}"), ErrorCode.VALIDATION_FAILED);
        routes.refuses("POST", path, crm().json("{\"state\":\"s\"}"), ErrorCode.VALIDATION_FAILED);
        routes.refuses(
                "POST",
                path,
                crm().json("{\"state\":\"s\",\"code\":\"c\",\"error\":\"e\"}"),
                ErrorCode.VALIDATION_FAILED);
        routes.refuses(
                "POST", path, crm().json("{\"state\":\"s\",\"code\":\"c\",\"x\":1}"), ErrorCode.VALIDATION_FAILED);
        assertThat(noted.orders).isEmpty();
    }

    /** Notes what is ordered. */
    private static final class Noted implements Connections {
        private final List<String> orders = new ArrayList<>();

        @Override
        public Begun begin(
                String tenant, String plugin, Optional<String> methodId, Optional<String> redirectUri, String caller) {
            orders.add("begin %s %s %s %s %s".formatted(tenant, plugin, methodId, redirectUri, caller));
            return new Begun("https://a", "https://b", Instant.EPOCH);
        }

        @Override
        public Configuration complete(String tenant, String plugin, Returned returned, String caller) {
            orders.add("complete %s %s %s %s %s %s"
                    .formatted(tenant, plugin, returned.state(), returned.code(), returned.error(), caller));
            return new Configuration(tenant, plugin, Map.of(), List.of(), Optional.empty());
        }

        @Override
        public Ended disconnect(String tenant, String plugin) {
            return new Ended(true, "Gone.");
        }
    }
}
