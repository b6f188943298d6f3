// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a call of a tool came to. */
public sealed interface Answer {
    /** The tool, or somebody in its place, has answered: a CallToolResult of the protocol, as JSON. */
    record Result(Map<?, ?> content) implements Answer {
        /** Tells whether it says that it did not go. */
        public boolean failed() {
            return Boolean.TRUE.equals(content.get("isError"));
        }
    }

    /** For the tenant there is no such tool. */
    record Unknown(String name) implements Answer {}

    /** The caller may not call it. */
    record Denied(String sentence) implements Answer {}

    /** Makes a result of text; a failure is for the model to read and to do otherwise. */
    static Result text(String text, boolean failure) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put("content", List.of(Map.of("type", "text", "text", text)));
        content.put("isError", failure);
        return new Result(content);
    }
}
