// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.tool;

import dev.mortise.api.http.Body;
import java.util.Objects;

/**
 * What a call of a tool came to.
 *
 * @param content text, or JSON
 * @param kind what the content is
 */
public record ToolResult(Body content, Kind kind) {
    /** What the content of a result is. */
    public enum Kind {
        TEXT,
        JSON,
        /** A sentence for the model: what went wrong and what to do otherwise. */
        FAILURE
    }

    public ToolResult {
        Objects.requireNonNull(content, "content is null");
        Objects.requireNonNull(kind, "kind is null");
    }

    /** Makes a result of text. */
    public static ToolResult text(String text) {
        return new ToolResult(Body.of(text), Kind.TEXT);
    }

    /** Makes a result of JSON, such as {@code json.write(value)} makes. */
    public static ToolResult json(Body json) {
        return new ToolResult(json, Kind.JSON);
    }

    /** Makes a result that says why the tool did not do it. */
    public static ToolResult failure(String sentence) {
        return new ToolResult(Body.of(sentence), Kind.FAILURE);
    }
}
