// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import java.io.IOException;
import java.lang.reflect.Type;

/** Maps for the SDK with the mapper of the house, which has the guards against hostile JSON. */
public record KernelMapper(Json json) implements McpJsonMapper {
    @Override
    public <T> T readValue(String content, Class<T> type) throws IOException {
        return json.read(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, Class<T> type) throws IOException {
        return json.read(Body.of(content), type);
    }

    @Override
    public <T> T readValue(String content, TypeRef<T> type) throws IOException {
        return read(Body.of(content), type.getType());
    }

    @Override
    public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
        return read(Body.of(content), type.getType());
    }

    @Override
    public <T> T convertValue(Object value, Class<T> type) {
        return converted(value, type);
    }

    @Override
    public <T> T convertValue(Object value, TypeRef<T> type) {
        return converted(value, type.getType());
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return json.write(value).text();
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return writeValueAsString(value).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @SuppressWarnings("TypeParameterUnusedInFormals") // as in Json: a Type can't carry T
    private <T> T converted(Object value, Type type) {
        try {
            return this.<T>read(json.write(value), type);
        } catch (IOException e) {
            throw new IllegalStateException("What is in memory can be read.", e);
        }
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T read(Body body, Type type) throws IOException {
        return json.read(body, type);
    }
}
