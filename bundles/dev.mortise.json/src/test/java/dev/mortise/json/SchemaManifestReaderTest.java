// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.EndpointDeclaration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import dev.mortise.kernel.model.ServiceDeclaration;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.ManifestReader.Result;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaManifestReaderTest {
    private static final SchemaManifestReader READER = new SchemaManifestReader();
    private static final String HEAD = "{\"id\":\"reports\",\"name\":\"Reports\",\"version\":\"1.0.0\"";

    @Nested
    class WhenTheDocumentIsGood {
        @Test
        void fillsInEveryDefault() {
            PluginManifest manifest = valid(HEAD + "}");

            assertThat(manifest.id()).isEqualTo(new PluginId("reports"));
            assertThat(manifest.version()).isEqualTo(new Version("1.0.0"));
            assertThat(manifest.description()).isEmpty();
            assertThat(manifest.host().text()).isEqualTo("*");
            assertThat(manifest.services()).isEmpty();
            assertThat(manifest.dependencies()).isEmpty();
            assertThat(manifest.locations()).containsExactly("bundle");
            assertThat(manifest.coexist()).isFalse();
        }

        @Test
        void readsAService() {
            ServiceDeclaration service = valid(withService("""
                            {"method": "POST", "path": "/reports/:id", "permissions": ["plugin.reports.generate"],
                             "access": "public", "idempotent": true, "streaming": true, "timeoutMs": 10000},
                            {"method": "GET", "path": "/"}""")).services().get(0);

            EndpointDeclaration post = service.endpoints().get(0);
            assertThat(service.name()).hasToString("reports.generator");
            assertThat(service.metadata()).containsEntry("rateLimit", "100").containsEntry("team", "core");
            assertThat(post.path()).hasToString("/reports/{id}");
            assertThat(post.permissions()).isEqualTo(Set.of("plugin.reports.generate"));
            assertThat(post.timeout()).contains(Duration.ofSeconds(10));
            assertThat(post.open() && post.idempotent() && post.streaming()).isTrue();
        }

        @Test
        void takesTheMethodForWhatIsIdempotentUnlessItIsDeclared() {
            List<EndpointDeclaration> endpoints =
                    valid(withService("""
                            {"method": "GET", "path": "/a"}, {"method": "PUT", "path": "/a"},
                            {"method": "POST", "path": "/a"}, {"method": "PUT", "path": "/b", "idempotent": false}""")).services().get(0).endpoints();

            assertThat(endpoints).extracting(EndpointDeclaration::idempotent).containsExactly(true, true, false, false);
            assertThat(endpoints).extracting(EndpointDeclaration::open).containsOnly(false);
            assertThat(endpoints).extracting(EndpointDeclaration::timeout).containsOnly(Optional.empty());
        }

        @Test
        void readsDependenciesAsRequiredUnlessTheySayOtherwise() {
            PluginManifest manifest = valid(HEAD + """
                    ,"api": {"dependencies": [
                      {"pluginId": "inventory", "serviceName": "inventory.products", "version": "^1.0.0"},
                      {"pluginId": "crm", "serviceName": "crm.contacts", "version": "1.x || >=3 <4", "required": false,
                       "reason": "names"}]}}""");

            assertThat(manifest.dependencies()).hasSize(2);
            assertThat(manifest.dependencies().get(0).required()).isTrue();
            assertThat(manifest.dependencies().get(1).required()).isFalse();
            assertThat(manifest.dependencies().get(1).reason()).isEqualTo("names");
        }

        @Test
        void takesEverythingThatTheFormatKnows() {
            PluginManifest manifest = valid(HEAD + """
                    , "$schema": "https://mortise.dev/schema/plugin.json", "host": ">=1.0.0",
                    "config": {
                      "currency": {"type": "string", "label": "Currency", "required": true, "default": "EUR",
                                   "env": "REPORTS_CURRENCY", "encrypted": false},
                      "apiKey": {"encrypted": true}, "rounds": {"type": "integer", "default": 3, "scope": "container"},
                      "free": {"type": "json", "default": {"a": [1]}}},
                    "auth": [{"id": "api-key", "type": "apiKey", "label": "API key", "configField": "apiKey"}],
                    "ui": [{"slot": "after-settings", "component": "ReportsPanel"}],
                    "mcp": {"local": [], "external": [{"id": "x", "url": "https://example.org/mcp", "auth": "api-key"}]},
                    "sharedData": {"stock": {"readers": ["crm"]}},
                    "runtime": {"locations": ["worker", "bundle"], "scope": "tenant", "instances": 1,
                                "env": ["HTTPS_PROXY"], "command": null, "coexist": true, "envSecrets": false}}""");

            assertThat(manifest.locations()).containsExactlyInAnyOrder("bundle", "worker");
            assertThat(manifest.coexist()).isTrue();
        }

        @Test
        void keepsTheDocumentWithoutItsWhiteSpace() {
            assertThat(valid(HEAD + " ,\n \"description\" : \"Grüße\" }").json())
                    .isEqualTo(HEAD + ",\"description\":\"Grüße\"}");
        }
    }

    @Nested
    class WhenTheDocumentBreaksTheSchema {
        @Test
        void listsAllViolationsAtOnceInTheOrderOfTheirPlaces() {
            List<ManifestProblem> problems = invalid("""
                    {"id": "Reports_1", "version": "1.0", "nmae": "Reports",
                     "api": {"services": [{"name": "reports", "version": "v1.0.0", "endpoints": []}],
                             "dependencies": [{"pluginId": "core", "serviceName": "inventory.products", "version": "latest",
                                               "required": "yes"}]}}""");

            assertThat(problems)
                    .extracting(ManifestProblem::pointer)
                    .containsExactly(
                            "",
                            "/api/dependencies/0/pluginId",
                            "/api/dependencies/0/required",
                            "/api/dependencies/0/version",
                            "/api/services/0/endpoints",
                            "/api/services/0/name",
                            "/api/services/0/version",
                            "/id",
                            "/nmae",
                            "/version");
            assertThat(problems).allSatisfy(problem -> {
                assertThat(problem.message()).endsWith(".");
                assertThat(problem.remedy()).endsWith(".");
            });
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '`',
                value = {
                    "{}                       | 'id' is missing.                                | Add \"id\".",
                    "{\"id\":\"Reports\"}     | '/id' is 'Reports', which is no plugin id: 2 to 30 of a-z, 0-9 and single hyphens, starting with a letter, and no reserved word. | Write it like 'inventory'.",
                    "{\"id\":\"core\"}        | '/id' is 'core', which is a reserved word.      | Choose another word.",
                    "{\"id\":\"x\"}           | '/id' is shorter than 2 characters.             | Write it like 'inventory'.",
                    "{\"id\":7}               | '/id' is a number, but a text is expected.      | Write a text.",
                    "{\"version\":\"01.0.0\"} | '/version' is '01.0.0', which is no version: a full semantic version. | Write it like '1.0.0'.",
                    "{\"verison\":\"1.0.0\"}  | '/verison' is no key that plugin.json knows.    | Write \"version\", or take it away.",
                    "{\"colour\":\"red\"}    | '/colour' is no key that plugin.json knows.      | Take it away; known are $schema, id, name, version, description, host, api, config, auth, ui, mcp, sharedData, runtime.",
                    "{\"ap\":{}}             | '/ap' is no key that plugin.json knows.          | Write \"api\", or take it away.",
                    "{\"host\":\"newest\"}    | '/host' is 'newest', which is no version range: npm's grammar. | Write it like '^1.2.0'.",
                    "{\"runtime\":{\"locations\":[\"moon\"]}} | '/runtime/locations/0' is 'moon', which is none of bundle, worker, remote. | Write one of these.",
                    "{\"runtime\":{\"locations\":[\"bundle\",\"bundle\"]}} | '/runtime/locations' has an element twice. | Keep to what the schema says.",
                    "{\"api\":{\"services\":[{\"endpoints\":[]}]}} | '/api/services/0/endpoints' is empty, but at least one element is expected. | Add an element.",
                    "{\"runtime\":{\"instances\":0}} | '/runtime/instances' is below 1. | Keep to what the schema says.",
                    "{\"runtime\":{\"command\":\"sh -c x\"}} | '/runtime/command' is a text, but a list or null is expected. | Write a list or null.",
                    "{\"config\":{\"1st\":{}}} | '/config/1st' is no name of a field: up to 63 of letters, digits, hyphens and underscores, starting with a letter. | Write it like 'currency'.",
                    "{\"config\":{\"n\":{\"type\":\"number\",\"default\":\"1\"}}} | '/config/n/default' is a text, but a number is expected. | Write a number.",
                    "{\"config\":{\"n\":{\"default\":1}}} | '/config/n/default' is a number, but a text is expected. | Write a text.",
                    "{\"api\":{\"services\":[{\"metadata\":{\"rateLimit\":0.5}}]}} | '/api/services/0/metadata/rateLimit' is '0.5', but a whole number is expected. | Write a whole number.",
                    "{\"api\":{\"services\":[{\"metadata\":{\"rateLimit\":0}}]}} | '/api/services/0/metadata/rateLimit' is below 1. | Keep to what the schema says.",
                    "{\"auth\":[{\"id\":\"a\",\"type\":\"apiKey\"}]} | In '/auth/0' 'configField' is missing. | Add \"configField\".",
                })
        void saysWhatIsWrongAndWhatToDo(String document, String message, String remedy) {
            assertThat(invalid(document)).anySatisfy(problem -> {
                assertThat(problem.message()).isEqualTo(message);
                assertThat(problem.remedy()).isEqualTo(remedy);
            });
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"core", "s", "..", "a/b", "a--b", "-a", "a_b", "r\u0435ports", "Reports", "a b", "a\\n"})
        void refusesAnIdThatIsNone(String id) {
            assertThat(invalid("{\"id\":\"" + id + "\"}"))
                    .extracting(ManifestProblem::pointer)
                    .contains("/id");
            assertThat(invalid("{\"id\":\"" + id.repeat(300) + "\"}"))
                    .filteredOn(problem -> problem.pointer().equals("/id"))
                    .allSatisfy(problem ->
                            assertThat(problem.message()).hasSizeLessThan(300).matches("\\P{Cntrl}*"))
                    .isNotEmpty();
        }

        @Test
        void namesThePluginWhenThatCanBeRead() {
            Result.Invalid invalid = (Result.Invalid) read(HEAD + ",\"x\":1}");

            assertThat(invalid.id()).contains(new PluginId("reports"));
            assertThat(invalid.version()).contains(new Version("1.0.0"));
        }

        @Test
        void refusesUnknownKeysEverywhereButInMetadata() {
            String everywhere = """
                    ,"api": {"x": 1, "services": [{"name": "a.b", "version": "1.0.0", "x": 1, "metadata": {"x": 1},
                        "endpoints": [{"method": "GET", "path": "/", "x": 1}]}],
                      "dependencies": [{"pluginId": "ab", "serviceName": "a.b", "version": "1", "x": 1}]},
                    "config": {"f": {"x": 1}}, "auth": [{"id": "a", "type": "apiKey", "configField": "f", "x": 1}],
                    "ui": [{"slot": "standalone", "component": "C", "x": 1}], "mcp": {"x": 1, "local": [{"id": "m", "command": ["m"], "x": 1}]},
                    "sharedData": {"s": {"readers": [], "x": 1}}, "runtime": {"x": 1}, "x": 1}""";

            assertThat(invalid(HEAD + everywhere))
                    .hasSize(12)
                    .allMatch(problem -> problem.pointer().endsWith("/x"))
                    .noneMatch(problem -> problem.pointer().contains("metadata"));
        }

        @Test
        void findsWhatNoSchemaCanSay() {
            String document = HEAD + """
                    ,"api": {"services": [{"name": "a.b", "version": "1.0.0", "endpoints": [
                        {"method": "GET", "path": "/a/../b"}, {"method": "GET", "path": "/{id}/{id}"}]}],
                      "dependencies": [{"pluginId": "ab", "serviceName": "x.y", "version": "1"},
                                       {"pluginId": "ab", "serviceName": "x.y", "version": "2"}]},
                    "config": {"f": {}},
                    "auth": [{"id": "a", "type": "apiKey", "configField": "absent"},
                             {"id": "a", "type": "oauth2", "authorizationUrl": "https://x.org", "tokenUrl": "https://x.org/t",
                              "clientId": "f", "clientSecret": "absent"}],
                    "mcp": {"local": [{"id": "m", "command": ["m"], "auth": "a"}], "external": [
                      {"id": "m", "url": "https://x.org/m"}, {"id": "n", "url": "https://x.org/n", "auth": "b"}]}}""";

            assertThat(invalid(document))
                    .extracting(ManifestProblem::pointer)
                    .containsExactly(
                            "/api/services/0/endpoints/0/path",
                            "/api/services/0/endpoints/1/path",
                            "/api/dependencies/1/serviceName",
                            "/auth/1/id",
                            "/mcp/external/0/id",
                            "/auth/0/configField",
                            "/auth/1/clientSecret",
                            "/mcp/external/1/auth");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"products", "", "/a//b", "/a/", "/a?b", "/a#b", "/a b", "/{a b}", "/%41", "/a;b", "/{}", "//"
                })
        void refusesAPathThatIsNone(String path) {
            assertThat(invalid(withService("{\"method\": \"GET\", \"path\": \"" + path + "\"}")))
                    .extracting(ManifestProblem::pointer)
                    .containsExactly("/api/services/0/endpoints/0/path");
        }

        @Test
        void showsTheFirstHundredOfVeryManyViolations() {
            String many = ",\"a\":1".repeat(1) + numbered(5000) + "}";

            List<ManifestProblem> problems = invalid(HEAD + many);

            assertThat(problems).hasSize(101);
            assertThat(problems.get(100).message()).isEqualTo("4901 more violations are not shown.");
        }

        private String numbered(int count) {
            StringBuilder keys = new StringBuilder();
            for (int i = 0; i < count; i++) {
                keys.append(",\"k").append(i).append("\":1");
            }
            return keys.toString();
        }
    }

    private static String withService(String endpoints) {
        return HEAD
                + ",\"api\": {\"services\": [{\"name\": \"reports.generator\", \"version\": \"1.0.0\", \"endpoints\": ["
                + endpoints + "], \"metadata\": {\"rateLimit\": 100, \"team\": \"core\"}}]}}";
    }

    private static PluginManifest valid(String document) {
        Result result = read(document);
        assertThat(result).isInstanceOf(Result.Valid.class);
        return ((Result.Valid) result).manifest();
    }

    private static List<ManifestProblem> invalid(String document) {
        Result result = read(document);
        assertThat(result).isInstanceOf(Result.Invalid.class);
        return ((Result.Invalid) result).problems();
    }

    private static Result read(String document) {
        return READER.read(document.getBytes(StandardCharsets.UTF_8));
    }
}
