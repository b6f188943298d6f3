// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.admin.PluginApis;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.PluginFiles;
import dev.mortise.testkit.call.ContextBuilder;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OpenApiRoutesTest {
    private static final String PATH = "/openapi.json";

    private final OnePlugin plugins = new OnePlugin();
    private final Surface surface = new Surface(new OpenApiRoutes(plugins, new JacksonJsonFactory()));

    @Test
    void putsPluginsBesideTheCore() throws Exception {
        Response response = surface.call("GET", PATH, Requests.admin());
        JsonNode document = Surface.tree(response);

        assertThat(document.path("openapi").asText()).isEqualTo("3.1.0");
        assertThat(document.path("tags").findValuesAsText("name")).contains("plugins", "shop");
        assertThat(document.path("paths").has("/api/v1/plugins")).isTrue();
        assertThat(document.at("/paths/~1api~1v1~1p~1shop/get/summary").asText())
                .isEqualTo("1");
        assertThat(document.at("/components/schemas").has("shop.Thing")).isTrue();
        assertThat(document.at("/components/schemas").has("Plugin")).isTrue();
        assertThat(response.headers().first("Cache-Control")).contains("private, no-cache");
        assertThat(response.headers().first("Vary")).contains("Authorization");
    }

    @Test
    void showsAdministrationToAdministratorsAlone() throws Exception {
        JsonNode document = Surface.tree(surface.call("GET", PATH, user()));

        assertThat(document.path("paths").has("/api/v1/plugins")).isFalse();
        assertThat(document.path("paths").has("/api/v1/p/shop")).isTrue();
    }

    @Test
    void tagsWhatItAnswers() throws Exception {
        String tag = tag(surface.call("GET", PATH, Requests.admin()));

        assertThat(tag(surface.call("GET", PATH, Requests.admin()))).isEqualTo(tag);
        assertThat(tag(surface.call("GET", PATH, user()))).isNotEqualTo(tag);

        plugins.revision = 2;
        assertThat(tag(surface.call("GET", PATH, Requests.admin()))).isNotEqualTo(tag);
    }

    private static RequestBuilder user() {
        return RequestBuilder.request("GET", PATH).in(ContextBuilder.context().user("alice", "plugin.shop.read"));
    }

    private static String tag(Response response) {
        return response.headers().first("ETag").orElseThrow();
    }

    private static final class OnePlugin implements PluginApis {
        private long revision = 1;

        @Override
        public Apis serving(Optional<TenantId> tenant) {
            return new Apis(
                    revision,
                    List.of(Map.of("name", "shop")),
                    Map.of("/api/v1/p/shop", Map.of("get", Map.of("summary", "" + revision))),
                    Map.of("schemas", Map.of("shop.Thing", Map.of())));
        }

        @Override
        public List<String> warnings(PluginManifest plugin, PluginFiles files, List<Route> routes) {
            return List.of();
        }
    }
}
