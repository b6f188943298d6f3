// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.kernel.call.Unread;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Optional;

/** What a service answered, mapped in the plugin's own mapper. */
record RemoteAnswer(String service, Response response, Json json) implements ServiceResponse {
    private static final int FIRST_FAULT = 400;

    @Override
    public int status() {
        return response.status();
    }

    @Override
    public Headers headers() {
        return response.headers();
    }

    @Override
    public Body body() {
        return response.body();
    }

    @Override
    public <T> T as(Class<T> type) {
        return this.<T>as((Type) type);
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
    public <T> T as(Type type) {
        try {
            return json.<T>read(response.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MortiseException e) {
            MortiseException problem = new MortiseException(
                    ErrorCode.SERVICE_FAILED,
                    "The answer of %s does not fit what its caller expects: %s".formatted(service, e.getMessage()));
            throw ServiceException.answered(service, response.status(), problem, Optional.empty());
        }
    }

    @Override
    public ServiceResponse orThrow() {
        if (response.status() < FIRST_FAULT) {
            return this;
        }
        MortiseException problem =
                ProblemText.of(response, json, service + " answered with status " + response.status() + ".");
        Unread.discard(response.body());
        throw ServiceException.answered(service, response.status(), problem, ProblemText.retryAfter(response));
    }
}
