// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Judges documents by the JSON Schema that the API bundle ships; reads nothing from any network. */
final class ManifestSchema {
    private static final String RESOURCE = "dev/mortise/api/plugin.schema.json";
    private static final int MOST_PROBLEMS = 100;

    private final JsonNode document;
    private final Schema schema;

    ManifestSchema() {
        document = load();
        schema = SchemaRegistry.withDialect(Dialects.getDraft202012(), registry -> registry.schemaRegistryConfig(
                                SchemaRegistryConfig.builder()
                                        .regularExpressionFactory(ShortTextPattern::of)
                                        .build())
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)))
                .getSchema(document);
    }

    /** Answers every violation in the order of the document's places; of very many the first hundred. */
    List<ManifestProblem> violations(JsonNode manifest) {
        Sentences sentences = new Sentences(document, "plugin.json");
        List<Error> errors = schema.validate(manifest);
        NavigableSet<ManifestProblem> problems =
                new TreeSet<>(Comparator.comparing(ManifestProblem::pointer).thenComparing(ManifestProblem::message));
        for (Error error : errors.subList(0, Math.min(errors.size(), MOST_PROBLEMS))) {
            sentences.of(error).ifPresent(problems::add);
        }
        List<ManifestProblem> sorted = new ArrayList<>(problems);
        if (errors.size() > MOST_PROBLEMS) {
            int more = errors.size() - MOST_PROBLEMS;
            sorted.add(new ManifestProblem("", more + " more violations are not shown.", "Mend these first."));
        }
        return sorted;
    }

    private static JsonNode load() {
        try (InputStream text = Json.class.getClassLoader().getResourceAsStream(RESOURCE)) {
            if (text == null) {
                throw new IllegalStateException("The API bundle has no " + RESOURCE + ".");
            }
            return new ObjectMapper().readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException("The schema of plugin.json can't be read.", e);
        }
    }
}
