// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Json;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the product tells of its calls. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
final class MetricsIT {
    private static final Product PRODUCT = Product.find();
    private static final String COUNT = "mortise_calls_seconds_count";
    private static final Pattern METRIC = Pattern.compile("\\b(?:mortise|jvm|process|system)_[a-z_]+");
    private static final String PRODUCTS = "/api/v1/p/inventory/products";

    @AutoClose
    private static Container container;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = RemoteHome.start(PRODUCT, folder.resolve("home"), "");
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.drop(PRODUCT.example("reports"), "reports.jar");
        container.awaitState("reports", "READY");
        container.awaitState("worker-token", "READY");
    }

    @Test
    @Order(1)
    void showsItToAdminsAlone() {
        assertThat(container.anonymous().get("/metrics").code()).isEqualTo("UNAUTHENTICATED");
        String token = container
                .client()
                .post("/api/v1/p/worker-token/tokens", "{\"name\":\"user\",\"permissions\":[]}")
                .json()
                .path("token")
                .asText();
        assertThat(container.anonymous().token(token).get("/metrics").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(container
                        .admin()
                        .with("Accept", "application/openmetrics-text;version=1.0.0")
                        .get("/metrics")
                        .body())
                .endsWith("# EOF\n");
    }

    @Test
    @Order(2)
    void countsCallsOfClientsAndOfPlugins() {
        Client client = container.client();
        for (int i = 0; i < 3; i++) {
            assertThat(client.get(PRODUCTS + "?take=" + (i + 1)).status()).isEqualTo(200);
            assertThat(client.get(PRODUCTS + "/00000000-0000-0000-0000-00000000000" + i)
                            .status())
                    .isEqualTo(404);
            client.get("/api/v1/p/inventory/unknown-" + i);
            client.get("/api/v1/p/nobody-" + (char) ('a' + i) + "/unknown");
        }
        assertThat(container.anonymous().get(PRODUCTS).status()).isEqualTo(401);
        assertThat(client.post("/api/v1/p/reports/reports/generate", "{}").status())
                .isEqualTo(200);

        MetricsPage page = MetricsPage.of(container);
        String[] listed = {"kind", "client", "plugin", "inventory", "method", "GET", "route", "/products"};
        assertThat(page.sum(COUNT, listed)).isEqualTo(4);
        assertThat(page.sum(COUNT, "kind", "client", "plugin", "inventory", "service", "inventory.products"))
                .isEqualTo(7);
        assertThat(page.sum(COUNT, "plugin", "inventory", "route", "/products", "status", "4xx"))
                .isEqualTo(1);
        assertThat(page.sum(COUNT, "plugin", "inventory", "route", "/products/{id}", "status", "4xx"))
                .isEqualTo(3);
        assertThat(page.sum(COUNT, "plugin", "inventory", "route", "-")).isEqualTo(3);
        assertThat(page.sum(COUNT, "plugin", "-")).isEqualTo(3);
        assertThat(page.sum(COUNT, "kind", "plugin", "service", "inventory.products", "status", "2xx"))
                .isPositive();
        assertThat(page.sum(COUNT, "plugin", "reports", "route", "/reports/generate"))
                .isEqualTo(1);
        assertThat(page.sum("mortise_calls_seconds_bucket", "plugin", "reports", "le", "+Inf"))
                .isEqualTo(1);
        assertThat(page.sum("mortise_calls_seconds_sum", "plugin", "reports")).isBetween(0.0001, 30.0);
        assertThat(page.sum("mortise_refusals_total", "plugin", "inventory", "code", "UNAUTHENTICATED"))
                .isEqualTo(1);
        assertThat(page.sum("mortise_refusals_total", "plugin", "-", "code", "PLUGIN_NOT_FOUND"))
                .isEqualTo(3);
    }

    @Test
    @Order(3)
    void tellsNoPathOfACallerAndNoTenant() {
        MetricsPage page = MetricsPage.of(container);

        assertThat(page.values("route")).noneMatch(route -> route.contains("unknown") || route.contains("00000"));
        assertThat(page.values("plugin")).noneMatch(plugin -> plugin.startsWith("nobody"));
        assertThat(page.values("tenant")).isEmpty();
    }

    @Test
    @Order(4)
    void showsWhatRunsNowAndHowTheProcessFares() {
        MetricsPage page = MetricsPage.of(container);

        assertThat(page.sum("mortise_calls_in_flight", "plugin", "inventory")).isZero();
        // The one that asks.
        assertThat(page.sum("mortise_calls_in_flight", "plugin", "core")).isEqualTo(1);
        assertThat(page.names())
                .contains(
                        "jvm_memory_used_bytes",
                        "jvm_threads_live_threads",
                        "jvm_gc_collections_seconds_count",
                        "jvm_classes_loaded_classes",
                        "process_cpu_usage",
                        "process_uptime_seconds",
                        "process_files_open_files");
    }

    @Test
    @Order(5)
    void showsEverythingThatTheDashboardAsksFor() throws Exception {
        try (RemoteInstance remote = RemoteInstance.start()) {
            RemoteLease lease = RemoteLease.hold(
                    RemoteLease.announcer(container, "inventory"),
                    "{'serviceName':'inventory.products','baseUrl':'" + remote.baseUrl() + "'}");
            lease.health("DEGRADED");

            String[] degraded = {"service", "inventory.products", "health", "degraded"};
            assertThat(MetricsPage.of(container).sum("mortise_service_instances", degraded))
                    .isEqualTo(1);
            assertThat(MetricsPage.of(container).names()).containsAll(askedByTheDashboard());

            lease.deregister();
            assertThat(MetricsPage.of(container).sum("mortise_service_instances", degraded))
                    .isZero();
        }
    }

    private static List<String> askedByTheDashboard() throws Exception {
        JsonNode dashboard = Json.read(Files.readString(PRODUCT.root().resolve("docs/grafana-dashboard.json")));
        List<String> asked = Stream.of("expr", "definition")
                .flatMap(key -> dashboard.findValuesAsText(key).stream())
                .flatMap(query -> METRIC.matcher(query).results().map(MatchResult::group))
                .distinct()
                .toList();

        assertThat(asked).hasSizeGreaterThan(10);
        return asked;
    }

    @Test
    @Order(6)
    void writesRefusedCallsAsLinesOfJson() throws Exception {
        container
                .anonymous()
                .with("X-Request-Id", "refused-1")
                .token("no-such-token")
                .get(PRODUCTS + "?secret=x");

        Path log = container.home().resolve("log/refused.log");
        Wait.until("the line", () -> Files.readString(log).contains("refused-1"));
        assertThat(Files.readString(log)).doesNotContain("no-such-token").doesNotContain("secret");
        JsonNode line = Files.readAllLines(log).stream()
                .map(Json::read)
                .filter(one -> one.path("requestId").asText().equals("refused-1"))
                .findFirst()
                .orElseThrow();
        assertThat(line.path("status").asInt()).isEqualTo(401);
        assertThat(line.path("code").asText()).isEqualTo("CREDENTIALS_INVALID");
        assertThat(line.path("plugin").asText()).isEqualTo("inventory");
        assertThat(line.path("client").asText()).isEqualTo("127.0.0.1");
        assertThat(Instant.parse(line.path("time").asText())).isBeforeOrEqualTo(Instant.now());
        assertThat(container.home().resolve("log/access.log")).doesNotExist();
    }

    @Test
    @Order(7)
    void forgetsAPluginThatIsRemoved() throws Exception {
        assertThat(MetricsPage.of(container).values("plugin")).contains("reports");

        Files.delete(container.home().resolve("plugins/reports.jar"));

        Wait.until(
                "no meters of reports",
                () -> !MetricsPage.of(container).values("plugin").contains("reports"));
        assertThat(MetricsPage.of(container).values("plugin")).contains("inventory");
    }
}
