// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mortise.kernel.model.ApiDocument;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.ApiDocumentReader;
import dev.mortise.kernel.port.ApiDocumentReader.Result;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiReaderTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HEAD = "openapi: 3.1.0\ninfo: {title: Shop, version: 1.0.0, description: All of it}\n";

    private final ApiDocumentReader reader = new OpenApiReader();

    @Test
    void putsThePluginInFrontOfEveryName() {
        JsonNode moved = tree(usable(HEAD + """
                paths:
                  /things/{id}:
                    get:
                      operationId: getThing
                      parameters: [{$ref: '#/components/parameters/id'}]
                      responses:
                        200:
                          description: One
                          content: {application/json: {schema: {$ref: '#/components/schemas/Thing/properties/self'}}}
                          links: {next: {operationId: getThing, parameters: {id: $response.body#/id}}}
                components:
                  parameters: {id: {name: id, in: path, required: true, schema: {type: string}}}
                  schemas:
                    Thing:
                      properties: {self: {$ref: '#/components/schemas/Thing'}, $ref: {type: string}}
                      discriminator: {propertyName: kind, mapping: {a: Thing, b: '#/components/schemas/Thing'}}
                """));

        JsonNode get = moved.at("/paths/~1things~1{id}/get");
        assertThat(get.at("/operationId").asText()).isEqualTo("shop.getThing");
        assertThat(get.at("/parameters/0/$ref").asText()).isEqualTo("#/components/parameters/shop.id");
        assertThat(get.at("/responses/200/content/application~1json/schema/$ref")
                        .asText())
                .isEqualTo("#/components/schemas/shop.Thing/properties/self");
        assertThat(get.at("/responses/200/links/next/operationId").asText()).isEqualTo("shop.getThing");
        JsonNode thing = moved.at("/components/schemas/shop.Thing");
        assertThat(thing.at("/properties/self/$ref").asText()).isEqualTo("#/components/schemas/shop.Thing");
        assertThat(thing.at("/properties/$ref/type").asText()).isEqualTo("string");
        assertThat(thing.at("/discriminator/mapping/a").asText()).isEqualTo("#/components/schemas/shop.Thing");
        assertThat(thing.at("/discriminator/mapping/b").asText()).isEqualTo("#/components/schemas/shop.Thing");
        assertThat(moved.path("description").asText()).isEqualTo("All of it");
    }

    @Test
    void leavesOutWhatTheContainerDecides() {
        JsonNode moved = tree(usable(HEAD + """
                servers: [{url: 'https://elsewhere.example'}]
                security: [{key: []}]
                tags: [{name: mine}]
                paths:
                  /things:
                    servers: [{url: 'https://elsewhere.example'}]
                    get: {tags: [mine], security: [], servers: [{url: 'https://elsewhere.example'}], responses: {default: {description: d}}}
                components:
                  securitySchemes: {key: {type: http, scheme: basic}}
                  schemas: {Rack: {properties: {servers: {type: integer}, security: {type: string}, tags: {type: string}}}}
                """));

        assertThat(moved.toString()).doesNotContain("elsewhere", "securitySchemes", "mine");
        assertThat(moved.at("/components/schemas/shop.Rack/properties")).hasSize(3);
    }

    @Test
    void keepsDataAsItIs() {
        JsonNode moved = tree(usable(HEAD + """
                components:
                  schemas: {A: {example: {operationId: x, servers: [1], tags: [2]}, default: {security: s}, enum: [a, null]}}
                  examples: {E: {value: {server: here, operationId: x}}}
                paths: {}
                """));

        assertThat(moved.at("/components/schemas/shop.A").toString())
                .isEqualTo("{\"example\":{\"operationId\":\"x\",\"servers\":[1],\"tags\":[2]},"
                        + "\"default\":{\"security\":\"s\"},\"enum\":[\"a\",null]}");
        assertThat(moved.at("/components/examples/shop.E/value/server").asText())
                .isEqualTo("here");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://evil.example/x.json#/A",
                "https://evil.example/x",
                "file:///etc/passwd",
                "other.yaml#/components/schemas/A",
                "//evil.example/x",
                "#/paths/~1x",
                "#/components/schemas/Nobody",
                "#/components/schemas/A/nowhere",
                "#/components/securitySchemes/s",
                "#A",
                "#",
                ""
            })
    void takesNoReferenceThatLeadsOutOrNowhere(String reference) {
        String components = "components: {schemas: {A: {}}, securitySchemes: {s: {type: http, scheme: basic}}}\n";
        String place = "paths: {/x: {get: {responses: {200: {description: d, content: {a/b: {schema: {%s}}}}}}}}\n";

        assertThat(refused(HEAD + components + place.formatted("$ref: '" + reference + "'")))
                .contains("'" + reference + "'");
        assertThat(refused(HEAD + components + place.formatted("example: {$ref: '" + reference + "'}")))
                .contains("reference in the data");
        assertThat(refused(HEAD + components + place.formatted("properties: {$ref: '" + reference + "'}")))
                .contains("reference in the data");
        assertThat(refused(HEAD + components + place.formatted("x-a: [{b: {$ref: '" + reference + "'}}]")))
                .contains("reference in the data");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "swagger: '2.0'|\"openapi\" is missing",
                "openapi: 4.0.0|'4.0.0', and 3.0 or 3.1 is expected",
                "openapi: 3.1|'3.1', and 3.0",
                "openapi: 3.1.0|'info' is missing",
                "openapi: [|can't be read as YAML",
                "[]|no object",
                "text|no object",
                "''|no object",
                "a: 1\\na: 2|'a' twice",
                "? [a, b]\\n: 1|Non scalar key",
                "a: .inf|'.inf' is no number that JSON knows",
                "a: !!binary aGk=|tag",
                "a: !java.net.URL [x]|java.net.URL"
            })
    void saysWhatIsNoDocument(String text, String reason) {
        assertThat(refused(text.replace("\\n", "\n").replace("''", ""))).contains(reason);
    }

    @Test
    void namesThePlaceThatBreaksTheSpecification() {
        assertThat(refused(HEAD + "paths: {/x: {get: {responses: {200: {content: {}}}}}}"))
                .contains("'required'", "/paths/~1x/get/responses/200", "'description' is missing");
        assertThat(refused(HEAD + "paths: {/x: {get: {operationId: a}, put: {operationId: a}}}"))
                .contains("operationId 'a' stands twice");
        assertThat(refused(HEAD + "paths: {/x: {$ref: '#/components/pathItems/P'}}\ncomponents: {pathItems: {P: {}}}"))
                .contains("'/x' is a reference");
        assertThat(refused(HEAD + "paths: {}\ncomponents: {schemas: {A: {$id: 'https://a.example'}}}"))
                .contains("'$id'");
    }

    @Test
    void stopsAliasesThatGrow() {
        StringBuilder bomb = new StringBuilder(HEAD + "paths: {}\nx-a0: &a0 [lol]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("x-a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThat(refused(bomb.toString())).contains("aliases replaced");
        String text = "x-t: &t " + "x".repeat(100_000) + "\nx-u: [" + "*t, ".repeat(100) + "]\n";
        assertThat(refused(HEAD + "paths: {}\n" + text)).contains("aliases replaced");
        assertThat(refused(HEAD + "paths: {}\nx-a: &a [*a]")).contains("deeper");
    }

    @Test
    void stopsWhatIsDeepOrLarge() {
        String deep = "[".repeat(100_000) + "]".repeat(100_000);

        assertThat(refused(HEAD + "x-a: " + deep)).contains("deeper than 64");
        assertThat(refused("openapi.json", "{\"a\":" + deep + "}")).contains("can't be read as a JSON object");
        assertThat(refused("x".repeat(ApiDocumentReader.LARGEST + 1))).contains("bytes that are allowed");
        assertThat(reason(reader.read(new PluginId("shop"), "openapi.json", new byte[] {(byte) 0xFF})))
                .contains("UTF-8");
        assertThat(refused("openapi.json", "{\"openapi\":\"3.1.0\",\"openapi\":\"3.1.0\"}"))
                .contains("Duplicate");
        assertThat(refused("openapi.json", "null")).contains("no object");
    }

    @Test
    void raisesADocumentOf30() {
        JsonNode moved = tree(usable("""
                openapi: 3.0.3
                info: {title: Shop, version: 1.0.0}
                paths: {}
                components: {schemas: {A: {type: number, nullable: true, minimum: 0, exclusiveMinimum: true, maximum: 9,
                  exclusiveMaximum: false}, B: {type: string, nullable: true, enum: [x]}}}
                """));

        assertThat(moved.at("/components/schemas/shop.A").toString())
                .isEqualTo("{\"type\":[\"number\",\"null\"],\"maximum\":9,\"exclusiveMinimum\":0}");
        assertThat(moved.at("/components/schemas/shop.B").toString())
                .isEqualTo("{\"type\":[\"string\",\"null\"],\"enum\":[\"x\",null]}");
    }

    private ApiDocument usable(String text) {
        Result result = reader.read(new PluginId("shop"), "openapi.yaml", text.getBytes(StandardCharsets.UTF_8));
        assertThat(result).isInstanceOf(Result.Usable.class);
        return ((Result.Usable) result).document();
    }

    private String refused(String text) {
        return refused("openapi.yaml", text);
    }

    private String refused(String file, String text) {
        return reason(reader.read(new PluginId("shop"), file, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String reason(Result result) {
        assertThat(result).isInstanceOf(Result.Unusable.class);
        return ((Result.Unusable) result).reason();
    }

    private static JsonNode tree(ApiDocument document) {
        return JSON.valueToTree(document);
    }
}
