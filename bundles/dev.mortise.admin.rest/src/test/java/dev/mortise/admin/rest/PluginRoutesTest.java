// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.json.JacksonJsonFactory;
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
                 "schema":{"code":"1"},"warnings":[],"leak":{"verdict":"leaked","holders":["thread 'poller'"]},
                 "metadata":{"state":"error","version":"1.0.0","sha256":"%s","fetchedAt":"2026-11-21T12:00:03Z",
                 "error":"It is no JSON."},
                 "manifest":{"id":"reports","api":{"services":[]},"x":1.50}}""".formatted(
                        SUMMARY, "ab".repeat(32)));
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
}
