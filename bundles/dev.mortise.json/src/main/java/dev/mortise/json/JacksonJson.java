// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.util.ByteBufferBackedInputStream;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Maps JSON with a Jackson mapper of its own, made at first use and dropped when it is closed. */
final class JacksonJson implements Json, AutoCloseable {
    private final Supplier<ObjectMapper> maker;
    private volatile @Nullable ObjectMapper mapper;
    private volatile boolean closed;

    JacksonJson(Supplier<ObjectMapper> maker) {
        this.maker = maker;
    }

    @Override
    public <T> T read(Body body, Class<T> type) throws IOException {
        return this.<T>readBuffer(body.buffer(), type);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T read(Body body, Type type) throws IOException {
        return this.<T>readBuffer(body.buffer(), type);
    }

    @Override
    public <T> T read(String text, Class<T> type) {
        return this.<T>checked((json, target) -> json.readValue(text, target), type);
    }

    @Override
    public Body write(Object value) {
        try {
            return Body.of(mapper().writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new MortiseException(
                    ErrorCode.INTERNAL,
                    "A " + value.getClass().getName() + " can't be written as JSON: " + e.getOriginalMessage(),
                    e);
        }
    }

    @Override
    public void close() {
        closed = true;
        mapper = null;
    }

    @SuppressWarnings("TypeParameterUnusedInFormals")
    private <T> T readBuffer(ByteBuffer bytes, Type type) {
        return this.<T>checked(
                (json, target) -> json.readValue(new ByteBufferBackedInputStream(bytes.duplicate()), target), type);
    }

    private interface Reader {
        @Nullable
        Object read(ObjectMapper mapper, JavaType target) throws IOException;
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the mapper answers what the type says
    private <T> T checked(Reader reader, Type type) {
        ObjectMapper json = mapper();
        @Nullable Object value;
        try {
            value = reader.read(json, json.constructType(type));
        } catch (IOException e) {
            throw ReadFault.of(e);
        } catch (NumberFormatException e) {
            throw ReadFault.of(e); // the parser lets it pass
        }
        if (value == null) {
            throw new MortiseException(ErrorCode.VALIDATION_FAILED, "The JSON text is null, which stands for nothing.");
        }
        return (T) value;
    }

    private ObjectMapper mapper() {
        ObjectMapper known = mapper;
        if (known == null) {
            if (closed) {
                throw new IllegalStateException("This JSON mapper belonged to a plugin version that is retired.");
            }
            known = maker.get();
            mapper = known;
        }
        return known;
    }
}
