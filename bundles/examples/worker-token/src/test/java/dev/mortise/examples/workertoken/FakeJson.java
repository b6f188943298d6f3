// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import java.lang.reflect.Type;

/** Hands over what a test prepared, and keeps what was written. */
final class FakeJson implements Json {
    private Object next = "";
    private Object written = "";

    void reads(Object value) {
        next = value;
    }

    Object written() {
        return written;
    }

    @Override
    public <T> T read(Body body, Class<T> type) {
        return type.cast(next);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T> T read(Body body, Type type) {
        return (T) next;
    }

    @Override
    public <T> T read(String text, Class<T> type) {
        return type.cast(next);
    }

    @Override
    public Body write(Object value) {
        written = value;
        return Body.of(value.toString());
    }
}
