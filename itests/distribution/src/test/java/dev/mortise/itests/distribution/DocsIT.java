// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page that shows the API, as a browser without token gets it. */
final class DocsIT {
    @AutoClose
    private static Container container;

    private static Client browser;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(Product.find(), folder.resolve("home")).awaitReady();
        browser = container.anonymous();
    }

    @ParameterizedTest
    @CsvSource({
        "/docs,text/html",
        "/docs/docs.js,text/javascript",
        "/docs/swagger-ui-bundle.js,text/javascript",
        "/docs/swagger-ui.css,text/css",
        "/docs/favicon-32x32.png,image/png"
    })
    void everyFileIsOpen(String path, String type) {
        Answer file = browser.get(path);

        assertThat(file.status()).isEqualTo(200);
        assertThat(file.headers().firstValue("Content-Type").orElse("")).startsWith(type);
        assertThat(file.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("script-src 'self'");
        String tag = file.headers().firstValue("ETag").orElseThrow();
        assertThat(browser.with("If-None-Match", tag).get(path).status()).isEqualTo(304);
        Answer head = browser.send("HEAD", path, "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("ETag")).hasValue(tag);
    }

    @ParameterizedTest
    @CsvSource({
        "/docs/,308",
        "/docs/index.html,404",
        "/docs/..%2fopenapi.json,400",
        "/docs/%2e%2e/openapi.json,400",
        "/docs/docs/docs.js,401",
        "/docs/DocsFiles.class,404",
        "/console,401"
    })
    void nothingElseIs(String path, int status) {
        assertThat(browser.get(path).status()).isEqualTo(status);
    }

    @Test
    void onlyGetIs() {
        assertThat(browser.post("/docs", "{}").status()).isEqualTo(401);
    }
}
