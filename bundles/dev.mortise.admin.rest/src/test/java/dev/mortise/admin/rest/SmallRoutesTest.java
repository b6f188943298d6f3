// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.json.JacksonJsonFactory;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmallRoutesTest {
    private final StubPlugins plugins = new StubPlugins();
    private final Surface dependencies = new Surface(new DependencyRoutes(plugins, new JacksonJsonFactory()));

    @Test
    void namesWhoNeedsAPlugin() throws Exception {
        plugins.dependents = List.of(new PluginId("zz"), new PluginId("crm"));
        RequestBuilder reports = Requests.admin().parameter("id", "reports");

        dependencies.answers(
                "GET",
                "/api/v1/dependencies/{id}/dependents",
                reports,
                200,
                "{\"count\":2,\"dependents\":[\"crm\",\"zz\"]}");
        dependencies.answers(
                "GET",
                "/api/v1/dependencies/{id}/can-uninstall",
                reports,
                200,
                "{\"canUninstall\":false,\"blockers\":[\"crm\",\"zz\"]}");
    }

    @Test
    void saysThatNobodyNeedsAPlugin() throws Exception {
        dependencies.answers(
                "GET",
                "/api/v1/dependencies/{id}/can-uninstall",
                Requests.admin().parameter("id", "reports"),
                200,
                "{\"canUninstall\":true,\"blockers\":[]}");
    }

    @Test
    void knowsNoDependentsOfAnUnknownPlugin() {
        dependencies.refuses(
                "GET",
                "/api/v1/dependencies/{id}/dependents",
                Requests.admin().parameter("id", "nobody"),
                ErrorCode.PLUGIN_NOT_FOUND);
    }

    @Test
    void tellsWhetherAVersionLiesInARange() throws Exception {
        satisfies("1.0.0", "^1.0.0", true);
        satisfies("1.0.0", "^2.0.0", false);
        satisfies("1.0.0", "", true);
    }

    private void satisfies(String version, String range, boolean expected) throws Exception {
        dependencies.answers(
                "GET",
                "/api/v1/dependencies/satisfies",
                Requests.admin().query("version", version).query("range", range),
                200,
                "{\"satisfied\":" + expected + "}");
    }

    @Test
    void judgesNoRangeWithoutAVersionAndARange() {
        assertThat(unsatisfiable(Requests.admin().query("version", "1.0.0")))
                .hasMessage("The query parameter 'range' is missing.");
        assertThat(unsatisfiable(Requests.admin().query("range", "*")))
                .hasMessage("The query parameter 'version' is missing.");
        assertThat(unsatisfiable(Requests.admin().query("version", "1").query("range", "*")))
                .hasMessage("'1' is no version.");
    }

    private MortiseException unsatisfiable(RequestBuilder request) {
        return dependencies.refuses("GET", "/api/v1/dependencies/satisfies", request, ErrorCode.VALIDATION_FAILED);
    }
}
