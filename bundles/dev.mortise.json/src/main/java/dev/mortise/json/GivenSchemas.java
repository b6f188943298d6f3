// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.regex.RegularExpression;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import dev.mortise.kernel.port.JsonSchemas;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Component;

/** Judges JSON by schemas that plugins give; reads nothing from any network. */
@Component
public final class GivenSchemas implements JsonSchemas {
    private static final int MOST_SENTENCES = 20;

    private final ObjectMapper mapper = Mappers.verbatim();

    @Override
    public Judge of(String schema) {
        JsonNode document = read(schema);
        if (!document.isObject()) {
            throw new IllegalArgumentException("A schema is a JSON object.");
        }
        Schema compiled;
        try {
            compiled = registry().getSchema(document);
            // compiles all of it, so that what is wrong shows now
            compiled.validate(mapper.createObjectNode());
        } catch (RuntimeException e) {
            throw new IllegalArgumentException("It is no JSON Schema (2020-12): " + e.getMessage(), e);
        }
        return text -> violations(document, compiled, read(text));
    }

    private static SchemaRegistry registry() {
        return SchemaRegistry.withDialect(
                Dialects.getDraft202012(), registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                                .regularExpressionFactory(GivenSchemas::pattern)
                                .build())
                        .schemaLoader(loader -> loader.fetchRemoteResources(false)));
    }

    /**
     * Java's expressions need stack by the length of the text, and some of them time without end: what does not fit does not
     * match. A schema may be that of a process, which shall not keep the container busy.
     */
    private static RegularExpression pattern(String text) {
        Pattern pattern = Pattern.compile(ShortTextPattern.ecma(text));
        return value -> {
            try {
                return pattern.matcher(new MeasuredText(value)).find();
            } catch (StackOverflowError | MeasuredText.Exhausted tooLong) {
                return false;
            }
        };
    }

    private static List<String> violations(JsonNode document, Schema schema, JsonNode judged) {
        Sentences sentences = new Sentences(document, "the schema");
        List<Error> errors = schema.validate(judged);
        List<String> told = errors.stream()
                .flatMap(error -> sentences.of(error).stream())
                .map(ManifestProblem::message)
                .distinct()
                .limit(MOST_SENTENCES)
                .toList();
        // some rules only sum others up, and have no sentence
        return errors.isEmpty() || !told.isEmpty() ? told : List.of("It breaks a rule of the schema.");
    }

    private JsonNode read(String text) {
        try {
            return mapper.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("It is no JSON: " + e.getOriginalMessage(), e);
        }
    }
}
