// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.http.Body;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a method of a typed service makes of an answer, by its return type. */
record TypedAnswer(boolean inBackground, Function<ServiceResponse, @Nullable Object> reader) {
    private static final int NO_CONTENT = 204;
    private static final int NOT_FOUND = 404;

    static TypedAnswer of(Type returned) {
        return raw(returned) == CompletionStage.class
                ? new TypedAnswer(true, reader(argument(returned)))
                : new TypedAnswer(false, reader(returned));
    }

    @Nullable
    Object to(ServiceHandle service, ServiceRequest request) {
        return inBackground ? service.sendAsync(request).thenApply(reader) : reader.apply(service.send(request));
    }

    private static Function<ServiceResponse, @Nullable Object> reader(Type type) {
        if (type == ServiceResponse.class) {
            return response -> response;
        }
        if (type == void.class || type == Void.class) {
            return response -> {
                response.orThrow();
                Unread.discard(response.body());
                return null;
            };
        }
        if (type == Body.class) {
            return response -> response.orThrow().body();
        }
        if (raw(type) == Optional.class) {
            Type content = argument(type);
            return response -> {
                if (none(response)) {
                    Unread.discard(response.body());
                    return Optional.empty();
                }
                return Optional.of(response.orThrow().<Object>as(content));
            };
        }
        return response -> response.orThrow().<Object>as(type);
    }

    private static boolean none(ServiceResponse response) {
        return response.status() == NOT_FOUND || response.status() == NO_CONTENT;
    }

    private static Type raw(Type type) {
        return type instanceof ParameterizedType generic ? generic.getRawType() : type;
    }

    private static Type argument(Type type) {
        if (type instanceof ParameterizedType generic) {
            return generic.getActualTypeArguments()[0];
        }
        throw new IllegalArgumentException("it answers a raw " + type.getTypeName() + "; say of what");
    }
}
