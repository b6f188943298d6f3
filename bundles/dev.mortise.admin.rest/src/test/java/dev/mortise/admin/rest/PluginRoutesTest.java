// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginRoutesTest {
    private static final String SUMMARY = """
            "id":"reports","name":"Reports","version":"1.0.0","state":"WAITING","since":"2026-11-21T12:00:03Z",
            "reason":"Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports': no plugin offers it. \
            Deploy plugin 'inventory'.",
            "location":"bundle","sha256":"ab12\"""";

    private final StubPlugins plugins = new StubPlugins();
    private final Surface surface = new Surface(new PluginRoutes(plugins, new JacksonJsonFactory()));

    @Test
    void listsPluginsAndFilesWithoutAnId() throws Exception {
        surface.answers("GET", "/api/v1/plugins", Requests.admin(), 200, """
                {"generation":12,"count":1,"plugins":[{%s}],
                 "files":[{"file":"x.jar","state":"REJECTED","reason":"x.jar is not a zip file.",
                           "since":"2026-11-21T12:00:03Z"}]}""".formatted(SUMMARY));
    }

    @Test
    void flattensAPluginWithItsSummary() throws Exception {
        surface.answers("GET", "/api/v1/plugins/{id}", Requests.admin().parameter("id", "reports"), 200, """
                {%s,"description":"About stock",
                 "versions":[{"version":"1.0.0","state":"WAITING","since":"2026-11-21T12:00:03Z","active":false}],
                 "services":[{"name":"reports.generator","version":"1.0.0","health":"UNAVAILABLE","endpoints":
                   [{"method":"POST","path":"/reports/generate","permissions":["plugin.reports.generate"]}]}],
                 "dependencies":[{"pluginId":"inventory","serviceName":"inventory.products","range":"^1.0.0",
                   "required":true,"reason":"data","satisfied":false}],
                 "dependents":[],"routes":[{"method":"POST","path":"/api/v1/p/reports/reports/generate"}],
                 "schema":{"code":"1"},"warnings":[],
                 "manifest":{"id":"reports","api":{"services":[]},"x":1.50}}""".formatted(
                        SUMMARY));
    }

    @Test
    void explainsWhyAPluginIsNotReady() throws Exception {
        Response response =
                surface.call("GET", "/api/v1/plugins/{id}/why", Requests.admin().parameter("id", "reports"));

        var why = Surface.tree(response);
        assertThat(why.get("summary").asText()).startsWith("Missing required dependency 'inventory.products'");
        assertThat(why.get("chain").toString()).isEqualTo("[\"reports\",\"inventory\"]");
        assertThat(why.at("/problems/0").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("code", "message", "remedy", "pointer", "required");
    }

    @Test
    void showsWhoDependsOnWhom() throws Exception {
        surface.answers("GET", "/api/v1/plugins/graph", Requests.admin(), 200, """
                {"nodes":[{"id":"reports","version":"1.0.0","state":"WAITING"}],
                 "edges":[{"from":"reports","to":"inventory","serviceName":"inventory.products","range":"^1.0.0",
                           "required":true,"satisfied":false}]}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "core", "..", "A", "a\nb", ""})
    void knowsNoPluginByAnotherName(String id) {
        for (String path : List.of("/api/v1/plugins/{id}", "/api/v1/plugins/{id}/why")) {
            surface.refuses("GET", path, Requests.admin().parameter("id", id), ErrorCode.PLUGIN_NOT_FOUND);
        }
        assertThat(plugins.orders).isEmpty();
    }

    @Test
    void takesOrdersAndSaysWhereToLook() throws Exception {
        Response response = surface.call(
                "DELETE",
                "/api/v1/plugins/{id}",
                Requests.admin().parameter("id", "reports").query("force", "true"));
        surface.call("POST", "/api/v1/plugins/{id}/restart", Requests.admin().parameter("id", "reports"));

        assertThat(response.status()).isEqualTo(202);
        assertThat(response.headers().first("Location")).contains("/api/v1/plugins/reports");
        assertThat(plugins.orders).containsExactly("uninstall reports true", "restart reports");
    }

    @Test
    void removesWithoutForceUnlessItIsAskedFor() throws Exception {
        surface.call("DELETE", "/api/v1/plugins/{id}", Requests.admin().parameter("id", "reports"));

        assertThat(plugins.orders).containsExactly("uninstall reports false");
    }

    @Test
    void namesWhoStandsAgainstAnOrder() {
        plugins.answer = new Change.Refused("Others need it.", List.of(new PluginId("zz"), new PluginId("crm")));

        MortiseException refusal = surface.refuses(
                "DELETE", "/api/v1/plugins/{id}", Requests.admin().parameter("id", "reports"), ErrorCode.CONFLICT);

        assertThat(refusal).hasMessage("Others need it.");
        assertThat(refusal.members()).containsEntry("blockers", List.of("crm", "zz"));
    }

    @Test
    void tellsAnUnknownPluginFromARefusal() {
        plugins.answer = new Change.Unknown(new PluginId("crm"), "There is no plugin 'crm'.");

        surface.refuses(
                "POST",
                "/api/v1/plugins/{id}/restart",
                Requests.admin().parameter("id", "crm"),
                ErrorCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void refusesWhatItWouldOtherwiseIgnore() {
        for (RequestBuilder wrong : List.of(
                Requests.admin().query("forse", "true"),
                Requests.admin().query("force", "yes"),
                Requests.admin().query("force", "true").query("force", "false"))) {
            wrong.parameter("id", "reports");
            surface.refuses("DELETE", "/api/v1/plugins/{id}", wrong, ErrorCode.VALIDATION_FAILED);
        }
        assertThat(plugins.orders).isEmpty();
    }
}
