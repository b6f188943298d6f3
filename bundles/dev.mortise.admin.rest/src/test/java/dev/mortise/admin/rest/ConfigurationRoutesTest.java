// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.testkit.admin.NotedConfigurations;
import dev.mortise.testkit.call.RequestBuilder;
import org.junit.jupiter.api.Test;

class ConfigurationRoutesTest {
    private static final String ONE = "/api/v1/tenants/{tenant}/plugins/{plugin}";
    private static final String SHOWN = """
            {"tenant":"acme","plugin":"crm","config":{"apiKey":"****"},"fields":[
              {"name":"apiKey","type":"string","label":"API key","scope":"tenant","required":true,"secret":true,
               "value":"****","source":"database"},
              {"name":"rounds","type":"integer","label":"Rounds","scope":"container","required":false,"secret":false,
               "source":"none","problem":"It is lost."}],
             "auth":{"methodId":"key","validatedAt":"2026-01-02T03:04:05Z"}}""";

    private final NotedConfigurations fake = new NotedConfigurations();
    private final Surface routes = new Surface(new ConfigurationRoutes(fake, new JacksonJsonFactory()));

    private static RequestBuilder crm() {
        return Requests.admin().parameter("tenant", "acme").parameter("plugin", "crm");
    }

    @Test
    void showsAndTakesSettings() throws Exception {
        routes.answers("GET", ONE + "/config", crm(), 200, SHOWN);
        routes.answers("PUT", ONE + "/config", crm().json("{\"rounds\":3,\"apiKey\":null}"), 200, SHOWN);

        assertThat(fake.orders()).containsExactly("configure {apiKey=null, rounds=3}");
    }

    @Test
    void takesCredentials() throws Exception {
        RequestBuilder request = crm().json("{\"methodId\":\"key\",\"credentials\":{\"apiKey\":\"k\"}}");
        routes.answers("PUT", ONE + "/auth", request, 200, SHOWN);

        assertThat(fake.orders()).containsExactly("authenticate key {apiKey=k}");
    }

    @Test
    void tellsWhatThePluginThinksOfThem() throws Exception {
        routes.answers("POST", ONE + "/validate-auth", crm(), 200, "{\"valid\":false,\"message\":\"They are old.\"}");
    }

    @Test
    void refusesWhatIsNoObject() {
        routes.refuses("PUT", ONE + "/config", crm().json("[1]"), ErrorCode.VALIDATION_FAILED);
        routes.refuses("PUT", ONE + "/config", crm().json("null"), ErrorCode.VALIDATION_FAILED);
    }
}
