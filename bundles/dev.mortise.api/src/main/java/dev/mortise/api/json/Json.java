// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.json;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import java.io.IOException;
import java.lang.reflect.Type;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Maps between JSON and Java: records, beans, lists, maps, java.time. Absent is a missing key, never null. A service of
 * the container with a mapper of its own for each plugin, dropped when the plugin is retired.
 */
@ProviderType
public interface Json {
    /**
     * Reads a value; unknown keys are refused.
     *
     * @throws dev.mortise.api.error.MortiseException VALIDATION_FAILED naming the place, when the text does not fit
     */
    <T> T read(Body body, Class<T> type) throws IOException;

    /** Reads a value of a generic type. */
    @SuppressWarnings("TypeParameterUnusedInFormals") // a Type can't carry T; the caller names it
    <T> T read(Body body, Type type) throws IOException;

    /** Reads a value from text. */
    <T> T read(String text, Class<T> type);

    /** Writes a value. */
    Body write(Object value);

    /** Answers a value with the status and {@code application/json}. */
    default Response response(int status, Object value) {
        return Response.of(status, "application/json", write(value));
    }

    /** Answers a value with status 200. */
    default Response ok(Object value) {
        return response(200, value);
    }
}
