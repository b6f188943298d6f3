// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginJar;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The description of the whole API, with the examples deployed. */
final class OpenApiIT {
    private static final Product PRODUCT = Product.find();
    private static final String PATH = "/openapi.json";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");
    private static final Pattern PARAMETER = Pattern.compile("\\{([^}]+)}");
    private static final Pattern CORE_ROUTE =
            Pattern.compile("^\\s*(GET|PUT|POST|DELETE|PATCH)\\s+(/\\S+)\\s+core\\b", Pattern.MULTILINE);

    @AutoClose
    private static Container container;

    private static Client admin;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home"), Map.of("COLUMNS", ""), "--shell")
                .awaitReady();
        admin = container.admin();
        for (String example : List.of("inventory", "reports", "crm")) {
            container.drop(PRODUCT.example(example), example + ".jar");
        }
        for (String example : List.of("inventory", "reports", "crm", "worker-token")) {
            container.awaitState(example, "READY");
        }
    }

    @Test
    void passesAPublicValidator() throws Exception {
        OpenApiValidator validator = OpenApiValidator.find();
        String document = admin.get(PATH).body();

        assertThat(validator.violations(document)).isEmpty();
        assertThat(validator.violations(container.client().get(PATH).body())).isEmpty();
        // The validator is no yes-man.
        assertThat(validator.violations(document.replace("\"openapi\":\"3.1.0\"", "\"openapi\":\"3.1\"")))
                .isNotEmpty();
    }

    @Test
    void leadsNowhereThatIsNotThere() {
        JsonNode document = admin.get(PATH).json();

        assertThat(document.findValuesAsText("$ref"))
                .allMatch(reference -> document.at(reference.substring(1)).isObject());
        assertThat(document.findValuesAsText("operationId"))
                .hasSizeGreaterThan(30)
                .doesNotHaveDuplicates();
        document.path("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(member -> METHODS.contains(member.getKey()))
                .forEach(operation -> assertThat(declared(document, path.getValue(), operation.getValue()))
                        .as(operation.getKey() + " " + path.getKey())
                        .containsAll(parameters(path.getKey()))));
    }

    @Test
    void describesEveryRouteOfTheCore() throws Exception {
        List<String> routes = new ArrayList<>();
        Matcher lines = CORE_ROUTE.matcher(new PipedShell(container).type("routes"));
        while (lines.find()) {
            if (!lines.group(2).startsWith("/docs")) {
                routes.add(lines.group(1) + " " + lines.group(2));
            }
        }

        assertThat(operations(admin.get(PATH).json()).stream().filter(line -> !line.contains(" /api/v1/p/")))
                .containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void takesWhatAnExampleShipsAndDerivesTheRest() {
        JsonNode paths = admin.get(PATH).json().path("paths");

        JsonNode shipped = paths.at("/~1api~1v1~1p~1inventory~1products~1{id}/get");
        assertThat(shipped.path("operationId").asText()).isEqualTo("inventory.getProduct");
        assertThat(shipped.path("x-mortise-permissions").get(0).asText()).isEqualTo("plugin.inventory.products.read");
        assertThat(paths.at("/~1api~1v1~1p~1inventory~1categories/get/summary").asText())
                .isEqualTo("List categories");
        assertThat(paths.at("/~1api~1v1~1p~1reports~1reports~1generate/post/tags/0")
                        .asText())
                .isEqualTo("reports");
        assertThat(Operator.of(container).plugin("inventory").path("warnings")).isEmpty();
    }

    @Test
    void followsDeployments() throws Exception {
        Operator operator = Operator.of(container);
        operator.install(VersionedJar.of(plugin("changing"), "1.0.0"));
        Answer first = admin.get(PATH);
        String tag = first.headers().firstValue("ETag").orElseThrow();
        Answer same = admin.with("If-None-Match", tag).get(PATH);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();

        operator.install(VersionedJar.of(plugin("changing"), "1.1.0"));
        Answer updated = admin.with("If-None-Match", tag).get(PATH);
        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.body()).contains("changing 1.1.0");

        assertThat(admin.send("DELETE", Operator.PLUGINS + "/changing?wait=true", "")
                        .status())
                .isEqualTo(200);
        assertThat(admin.get(PATH).body()).doesNotContain("/api/v1/p/changing");
    }

    @Test
    void aBadDocumentIsAWarning() throws Exception {
        Operator operator = Operator.of(container);
        Path jar = VersionedJar.of(plugin("sloppy"), "1.0.0")
                .withEntry("openapi.yaml", "openapi: 2.0")
                .writeTo(container.home().resolveSibling("sloppy.jar"));
        container.drop(jar, "sloppy.jar");
        container.awaitServing("sloppy", "1.0.0");

        assertThat(operator.plugin("sloppy").path("warnings").toString()).contains("openapi.yaml is not used", "'2.0'");
        assertThat(admin.get(Operator.PLUGINS + "/sloppy/why")
                        .json()
                        .path("warnings")
                        .toString())
                .contains("openapi.yaml is not used", "'2.0'");
        Markers markers = Markers.of(container);
        assertThat(markers.firstLine("sloppy.jar.deployed")).startsWith("sloppy 1.0.0 ");
        assertThat(markers.folder().resolve("sloppy.jar.deployed")).content().contains("openapi.yaml is not used");
        assertThat(operator.served("sloppy")).isEqualTo("1.0.0");
        assertThat(admin.get(PATH).body()).contains("/api/v1/p/sloppy/version");
        assertThat(admin.send("DELETE", Operator.PLUGINS + "/sloppy?wait=true", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aDocumentOfALibraryIsNotThePlugins() throws Exception {
        Operator operator = Operator.of(container);
        byte[] library = PluginJar.bundle("com.acme.lib")
                .withEntry("openapi.yaml", "openapi: 2.0")
                .bytes();
        operator.install(VersionedJar.of(plugin("carrier"), "1.0.0")
                .withEntry("lib.jar", library)
                .withHeader("Bundle-ClassPath", ".,lib.jar"));

        assertThat(operator.served("carrier")).isEqualTo("1.0.0");
        assertThat(operator.plugin("carrier").path("warnings")).isEmpty();
        assertThat(admin.get(PATH).body()).contains("/api/v1/p/carrier/version");
        assertThat(admin.send("DELETE", Operator.PLUGINS + "/carrier?wait=true", "")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isShownToWhoIsKnown() {
        assertThat(container.anonymous().get(PATH).status()).isEqualTo(401);
        String token = container
                .client()
                .post("/api/v1/p/worker-token/tokens", "{\"name\":\"reader\",\"permissions\":[]}")
                .json()
                .path("token")
                .asText();

        JsonNode document = container.anonymous().token(token).get(PATH).json();

        assertThat(document.path("paths").has("/api/v1/p/inventory/products")).isTrue();
        assertThat(operations(document))
                .contains("GET /openapi.json")
                .noneMatch(line -> line.contains("/api/v1/plugins"));
    }

    private static List<String> operations(JsonNode document) {
        return document.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .map(Map.Entry::getKey)
                        .filter(METHODS::contains)
                        .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
                .toList();
    }

    private static List<String> parameters(String path) {
        return PARAMETER.matcher(path).results().map(result -> result.group(1)).toList();
    }

    private static List<String> declared(JsonNode document, JsonNode item, JsonNode operation) {
        List<String> names = new ArrayList<>();
        for (JsonNode holder : List.of(item, operation)) {
            holder.path("parameters").forEach(parameter -> {
                JsonNode whole = parameter.has("$ref")
                        ? document.at(parameter.path("$ref").asText().substring(1))
                        : parameter;
                names.add(whole.path("name").asText());
            });
        }
        return names;
    }
}
