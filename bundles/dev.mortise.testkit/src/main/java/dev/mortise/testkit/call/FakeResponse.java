// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Optional;

/** A prepared answer of a service. */
record FakeResponse(String service, Response response, Json json) implements ServiceResponse {
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
        try {
            return json.read(body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("The prepared answer of " + service + " can't be read.", e);
        }
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <T> T as(Type type) {
        try {
            return json.<T>read(body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException("The prepared answer of " + service + " can't be read.", e);
        }
    }

    @Override
    public ServiceResponse orThrow() {
        if (status() < 400) {
            return this;
        }
        ErrorCode code = Arrays.stream(ErrorCode.values())
                .filter(candidate -> candidate.status() == status())
                .findFirst()
                .orElse(status() < 500 ? ErrorCode.VALIDATION_FAILED : ErrorCode.INTERNAL);
        MortiseException problem = new MortiseException(code, service + " answered " + status() + ".");
        throw ServiceException.answered(service, status(), problem, Optional.empty());
    }
}
