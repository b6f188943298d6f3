// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialects;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Judges documents by the schema that the OpenAPI Initiative publishes for 3.1. */
final class OpenApiSchema {
    private static final String RESOURCE = "openapi-3.1.schema.json";

    private final ObjectMapper mapper = new ObjectMapper();
    private final Schema schema;

    OpenApiSchema() {
        schema = SchemaRegistry.withDialect(
                        Dialects.getDraft202012(),
                        registry -> registry.schemaLoader(loader -> loader.fetchRemoteResources(false)))
                .getSchema(load());
    }

    /** Refuses what breaks the schema; the deepest violation says most about the cause. */
    void require(Map<String, Object> document) throws UnusableDocument {
        JsonNode tree = mapper.valueToTree(document);
        List<Error> errors = schema.validate(tree);
        if (!errors.isEmpty()) {
            Error error = errors.stream()
                    .max(Comparator.comparingInt(
                            one -> one.getInstanceLocation().getNameCount()))
                    .orElseThrow();
            String missing = error.getKeyword().equals("required") ? ": '" + error.getProperty() + "' is missing" : "";
            throw new UnusableDocument("it breaks the rule '" + error.getKeyword() + "' of OpenAPI 3.1 at '"
                    + error.getInstanceLocation() + "'" + missing);
        }
    }

    private JsonNode load() {
        try (InputStream text = OpenApiSchema.class.getResourceAsStream(RESOURCE)) {
            if (text == null) {
                throw new IllegalStateException("The bundle has no " + RESOURCE + ".");
            }
            return mapper.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("The schema of OpenAPI can't be read.", e);
        }
    }
}
