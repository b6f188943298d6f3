// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import dev.mortise.kernel.port.JsonSchemas;
import dev.mortise.kernel.port.JsonSchemas.Judge;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Judges arguments by the schema of a tool, which is read for the first call of it. */
final class Arguments {
    private final JsonSchemas schemas;
    private final String schema;
    private volatile @Nullable Judge judge;

    Arguments(JsonSchemas schemas, String schema) {
        this.schemas = schemas;
        this.schema = schema;
    }

    /** Judges nothing: what belongs to somebody else judges by itself, and patterns of others may take for ever. */
    static Arguments unjudged() {
        return new Arguments(text -> document -> List.of(), "{}");
    }

    /** Answers a sentence for each violation. */
    List<String> violations(String document) {
        Judge known = judge;
        if (known == null) {
            try {
                known = schemas.of(schema);
            } catch (IllegalArgumentException e) {
                return List.of("The inputSchema of this tool can't be used: " + e.getMessage());
            }
            judge = known;
        }
        return known.violations(document);
    }
}
