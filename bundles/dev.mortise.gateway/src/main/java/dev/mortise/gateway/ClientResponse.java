// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

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
import java.util.function.Supplier;

/** What a service answered, mapped in the caller's own mapper. */
final class ClientResponse implements ServiceResponse {
    private static final int FIRST_FAULT = 400;

    private final String service;
    private final Response response;
    private final Supplier<Json> json;

    ClientResponse(String service, Response response, Supplier<Json> json) {
        this.service = service;
        this.response = response;
        this.json = json;
    }

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
            return json.get().read(response.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MortiseException e) {
            throw unfit(e);
        }
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as the interface has it
    public <T> T as(Type type) {
        try {
            return json.get().read(response.body(), type);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (MortiseException e) {
            throw unfit(e);
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
        throw ServiceException.answered(service, response.status(), problem, RetryAfter.of(response.headers()));
    }

    // The answer is at fault, not the request of whoever waits for the caller: no 400 for him.
    private ServiceException unfit(MortiseException e) {
        MortiseException problem = new MortiseException(
                ErrorCode.SERVICE_FAILED,
                "The answer of %s does not fit what its caller expects: %s".formatted(service, e.getMessage()));
        return ServiceException.answered(service, response.status(), problem, Optional.empty());
    }
}
