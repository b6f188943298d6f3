// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.tool;

import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One tool of a plugin.
 *
 * @param name letters, digits, {@code _} and {@code -}, at most 64 and unique in the plugin
 * @param description what it does and when to use it, for the model that chooses
 * @param inputSchema a JSON Schema (2020-12) of an object; arguments that do not keep to it never reach the handler
 * @param permissions what a caller needs; where there are none, {@code plugin.<id>.tools}
 * @param handler does it
 */
public record Tool(String name, String description, String inputSchema, Set<String> permissions, ToolHandler handler) {
    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9_-]{1,64}");

    public Tool {
        Objects.requireNonNull(description, "description is null");
        Objects.requireNonNull(inputSchema, "inputSchema is null");
        Objects.requireNonNull(handler, "handler is null");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "The name of a tool has 1 to 64 letters, digits, '_' and '-', not '" + name + "'.");
        }
        permissions = Set.copyOf(permissions);
    }

    /** Makes a tool that asks for {@code plugin.<id>.tools}. */
    public static Tool of(String name, String description, String inputSchema, ToolHandler handler) {
        return new Tool(name, description, inputSchema, Set.of(), handler);
    }

    /** Answers this tool asking for other permissions: a caller needs all of them. */
    public Tool requiring(String... needed) {
        return new Tool(name, description, inputSchema, Set.of(needed), handler);
    }
}
