// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.testkit.call.RequestBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocsRoutesTest {
    private static final Pattern ADDRESS = Pattern.compile("\"docs/([^\"?]+)\\?v=([0-9a-f]{20})\"");

    private final Surface surface = new Surface(new DocsRoutes());

    @Test
    void givesEachFileAnAddressThatMayBeKept() throws Exception {
        Response page = surface.call("GET", "/docs", Requests.admin());
        Matcher addresses = ADDRESS.matcher(page.body().text());

        assertThat(page.headers().first("Cache-Control")).contains("no-cache");
        int found = 0;
        while (addresses.find()) {
            Response file = file(addresses.group(1), addresses.group(2));
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.headers().first("Cache-Control"))
                    .hasValueSatisfying(c -> assertThat(c).contains("immutable"));
            assertThat(file(addresses.group(1), "0123").headers().first("Cache-Control"))
                    .contains("no-cache");
            found++;
        }
        assertThat(found).isEqualTo(5);
    }

    @Test
    void letsThePageRunNothingButItsOwnFiles() throws Exception {
        Response page = surface.call("GET", "/docs", Requests.admin());

        assertThat(page.headers().first("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'")
                .doesNotContain("unsafe", "http"));
        assertThat(page.headers().first("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.body().text())
                .doesNotContain("://", "<style", " style=", " on")
                .doesNotContainPattern("<script(?! src=)");
    }

    @Test
    void namesTheTypeOfAFile() throws Exception {
        assertThat(type("swagger-ui.css")).isEqualTo("text/css;charset=utf-8");
        assertThat(type("swagger-ui-bundle.js")).isEqualTo("text/javascript;charset=utf-8");
        assertThat(type("favicon-32x32.png")).isEqualTo("image/png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "index.html", "../openapi.json", "DocsFiles.class", "swagger-ui.css/", "/"})
    void hasNoOtherFiles(String name) {
        surface.refuses("GET", "/docs/{file}", Requests.admin().parameter("file", name), ErrorCode.NOT_FOUND);
    }

    private String type(String name) throws Exception {
        return file(name, "").headers().first("Content-Type").orElseThrow();
    }

    private Response file(String name, String print) throws Exception {
        RequestBuilder request = Requests.admin().parameter("file", name).query("v", print);
        return surface.call("GET", "/docs/{file}", request);
    }
}
