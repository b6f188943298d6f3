// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;

/** The page that shows the API, in a browser. */
final class DocsBrowserIT {
    private static final Product PRODUCT = Product.find();
    private static final String PRODUCTS = "/api/v1/p/inventory/products";

    private static Browser browser;
    private static Container container;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        browser = Browser.open(folder.resolve("browser"));
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.awaitState("inventory", "READY");
    }

    @AfterAll
    static void stop() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (container != null) {
            container.close();
        }
    }

    @Test
    void showsTheOperationsOfTheCoreAndOfPluginsAndCallsThem() throws Exception {
        enter(Files.readString(container.home().resolve("data/admin-token")).strip());

        browser.find("[data-path='/api/v1/plugins']");
        browser.find("[data-path='" + PRODUCTS + "']");
        String get = ".opblock-get:has([data-path='" + PRODUCTS + "'])";
        browser.find(get + " .opblock-summary-control").click();
        browser.find(get + " .try-out__btn").click();
        browser.find(get + " .execute").click();
        browser.awaitText(get + " .live-responses-table .response-col_status", "200");
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void saysWhyATokenIsNotTaken() {
        enter("nobody");

        browser.awaitText("#answer", "token");
        assertThat(browser.driver().findElements(By.className("opblock"))).isEmpty();
        // that answer alone is an error to the browser
        assertThat(browser.console()).singleElement().asString().contains("/openapi.json", "401");
    }

    private static void enter(String token) {
        browser.driver().get(container.anonymous().base().resolve("/docs").toString());
        browser.find("#token").sendKeys(token);
        browser.find("#tenant").sendKeys("default");
        browser.find("#entry button").click();
    }
}
