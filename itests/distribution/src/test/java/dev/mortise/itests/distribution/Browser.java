// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Assumptions;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.remote.RemoteWebDriver;

/** Debian's Chromium without a screen. */
record Browser(ChromeDriverService service, RemoteWebDriver driver) implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Answers a browser; without one on the machine, the test is skipped with what to do. */
    static Browser open(Path folder) throws Exception {
        Assumptions.assumeTrue(
                Programs.present("chromium") && Programs.present("chromedriver"),
                "chromium and its driver are missing: apt-get install chromium chromium-driver");
        ChromeOptions options = new ChromeOptions();
        options.setBinary("/usr/bin/chromium");
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
                "--user-data-dir=" + folder);
        options.setCapability("goog:loggingPrefs", Map.of("browser", "ALL"));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(Path.of("/usr/bin/chromedriver").toFile())
                .build();
        // a ChromeDriver would want the manager of drivers, which is left out
        service.start();
        return new Browser(service, new RemoteWebDriver(service.getUrl(), options));
    }

    /** Waits for an element and answers it. */
    WebElement find(String selector) {
        return all(selector).get(0);
    }

    /** Waits until an element shows this text. */
    void awaitText(String selector, String text) {
        await(selector + " shows " + text).until(() -> all(selector).stream()
                .anyMatch(element -> element.getText().contains(text)));
    }

    private List<WebElement> all(String selector) {
        return await(selector)
                .until(() -> driver.findElements(By.cssSelector(selector)), elements -> !elements.isEmpty());
    }

    /** The page may make an element anew while it is looked at. */
    private static ConditionFactory await(String what) {
        return Awaitility.await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptionsInstanceOf(StaleElementReferenceException.class);
    }

    /** Answers what the console of the page said since it was asked last, errors or not. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
        service.stop();
    }
}
