// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.testkit.admin.NotedConfigurations;
import dev.mortise.testkit.admin.NotedInstallations;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstallationRoutesTest {
    private static final String ALL = "/api/v1/tenants/{tenant}/plugins";
    private static final String ONE = ALL + "/{plugin}";
    private static final String LISTED = """
            {"tenant":"acme","plugin":"crm","enabled":true,"runtimeState":"degraded","reason":"It coughs.",
             "since":"2026-01-02T03:04:05Z","grants":["a.read"],"revoked":["a.write"]}""";
    private static final String SHOWN = """
            {"tenant":"acme","plugin":"crm","enabled":true,"runtimeState":"degraded","reason":"It coughs.",
             "since":"2026-01-02T03:04:05Z","config":{"apiKey":"****"},
             "auth":{"methodId":"key","validatedAt":"2026-01-02T03:04:05Z"},"grants":["a.read"],"revoked":["a.write"]}""";

    private final NotedInstallations fake = new NotedInstallations();
    private final Surface routes =
            new Surface(new InstallationRoutes(fake, new NotedConfigurations(), new JacksonJsonFactory()));

    private static RequestBuilder crm() {
        return Requests.admin().parameter("tenant", "acme").parameter("plugin", "crm");
    }

    @Test
    void listsAndShows() throws Exception {
        routes.answers("GET", ALL, crm(), 200, "{\"count\":1,\"installations\":[" + LISTED + "]}");
        routes.answers("GET", ONE, crm(), 200, SHOWN);
    }

    @Test
    void givesOrders() throws Exception {
        routes.answers("POST", ONE + "/enable", crm(), 200, SHOWN);
        routes.answers("POST", ONE + "/enable", crm().query("with", "providers"), 200, SHOWN);
        routes.answers("POST", ONE + "/disable", crm(), 200, SHOWN);
        routes.answers("POST", ONE + "/disable", crm().query("force", "true"), 200, SHOWN);
        for (String order : List.of("start", "stop", "restart")) {
            routes.answers("POST", ONE + "/" + order, crm(), 200, SHOWN);
        }
        RequestBuilder grant = crm().parameter("permission", "a.write");
        routes.answers("PUT", ONE + "/grants/{permission}", grant, 200, SHOWN);
        routes.answers("DELETE", ONE + "/grants/{permission}", grant, 200, SHOWN);

        assertThat(fake.orders())
                .containsExactly(
                        "enable false",
                        "enable true",
                        "disable false",
                        "disable true",
                        "start",
                        "stop",
                        "restart",
                        "grant a.write true",
                        "grant a.write false");
    }

    @Test
    void takesWishesInTheBodyToo() throws Exception {
        routes.answers("POST", ONE + "/enable", crm().body(Body.of("{\"with\":\"providers\"}")), 200, SHOWN);
        routes.answers("POST", ONE + "/disable", crm().body(Body.of("{\"force\":true}")), 200, SHOWN);
        routes.answers("POST", ONE + "/stop", crm().body(Body.of("{}")), 200, SHOWN);

        assertThat(fake.orders()).containsExactly("enable true", "disable true", "stop");
    }

    @Test
    void refusesAWishThatItDoesNotKnow() {
        assertThat(routes.refuses("POST", ONE + "/enable", crm().query("with", "all"), ErrorCode.VALIDATION_FAILED))
                .hasMessage("'with' is 'providers', not 'all'.");
        for (String order : List.of("enable", "disable", "start", "stop", "restart")) {
            assertThat(routes.refuses(
                            "POST", ONE + "/" + order, crm().body(Body.of("{\"foo\":1}")), ErrorCode.VALIDATION_FAILED))
                    .hasMessageStartingWith("'foo' is no field here;");
        }
        assertThat(fake.orders()).isEmpty();
        routes.refuses("POST", ONE + "/stop", crm().query("force", "true"), ErrorCode.VALIDATION_FAILED);
    }
}
