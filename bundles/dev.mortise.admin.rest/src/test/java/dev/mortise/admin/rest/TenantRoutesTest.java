// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.testkit.admin.NotedTenants;
import dev.mortise.testkit.call.RequestBuilder;
import org.junit.jupiter.api.Test;

class TenantRoutesTest {
    private static final String ONE = "/api/v1/tenants/{tenant}";

    private final NotedTenants fake = new NotedTenants();
    private final Surface tenants = new Surface(new TenantRoutes(fake, new JacksonJsonFactory()));

    private static RequestBuilder of(String tenant) {
        return Requests.admin().parameter("tenant", tenant);
    }

    @Test
    void listsTenants() throws Exception {
        tenants.answers("GET", "/api/v1/tenants", Requests.admin(), 200, """
                {"count":2,"tenants":[{"id":"t-1","slug":"acme","name":"Acme","state":"active"},
                                      {"id":"t-2","slug":"globex","name":"Globex","state":"suspended"}]}""");
    }

    @Test
    void makesATenantAndSaysWhereItIs() throws Exception {
        Response made = tenants.call(
                "POST", "/api/v1/tenants", Requests.admin().body(Body.of("{\"slug\":\"new\",\"name\":\"New one\"}")));

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.headers().first("Location")).contains("/api/v1/tenants/new");
        assertThat(fake.ordered()).isEqualTo("create new Optional[New one]");
    }

    @Test
    void makesNoTenantOfAnIncompleteOrder() {
        assertThat(tenants.refuses(
                        "POST",
                        "/api/v1/tenants",
                        Requests.admin().body(Body.of("{\"name\":1,\"color\":\"red\"}")),
                        ErrorCode.VALIDATION_FAILED))
                .hasMessageContaining("'slug' is missing")
                .hasMessageContaining("'color' is no field here")
                .hasMessageContaining("'name' must be a text");
    }

    @Test
    void findsSuspendsAndActivates() throws Exception {
        String acme = "{\"id\":\"t-1\",\"slug\":\"acme\",\"name\":\"Acme\",\"state\":\"%s\"}";
        tenants.answers("GET", ONE, of("acme"), 200, acme.formatted("active"));
        tenants.answers("POST", ONE + "/suspend", of("acme"), 200, acme.formatted("suspended"));
        tenants.answers("POST", ONE + "/activate", of("acme"), 200, acme.formatted("active"));

        assertThat(tenants.refuses("GET", ONE, of("nobody"), ErrorCode.NOT_FOUND))
                .hasMessage("There is no tenant 'nobody'.");
    }

    @Test
    void saysWhatIsKept() throws Exception {
        tenants.answers("GET", ONE + "/holdings", of("acme"), 200, """
                {"count":2,"holdings":[{"plugin":"shop","table":"p_shop.p_shop__orders","rows":3},
                                       {"table":"mortise.token","rows":1}]}""");
    }

    @Test
    void deletesWhatIsConfirmed() throws Exception {
        tenants.refuses("DELETE", ONE, of("acme"), ErrorCode.CONFLICT);

        tenants.answers("DELETE", ONE, of("acme").query("confirm", "acme"), 202, """
                {"id":"t-1","slug":"acme","name":"Acme","state":"deleting"}""");
    }
}
