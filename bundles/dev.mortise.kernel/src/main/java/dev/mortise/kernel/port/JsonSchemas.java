// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.util.List;

/** Judges JSON by schemas that others wrote (JSON Schema 2020-12). Implemented by the JSON bundle; fetches nothing. */
public interface JsonSchemas {
    /**
     * Reads a schema.
     *
     * @throws IllegalArgumentException with a sentence when the text is no schema
     */
    Judge of(String schema);

    /** Judges documents by one schema; by many threads at once. */
    interface Judge {
        /** Answers a sentence for each violation, none for a document that keeps to the schema. */
        List<String> violations(String document);
    }
}
