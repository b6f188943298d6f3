// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.kernel.call.TypedCalls;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * Services of other plugins as a test wants them. What was not prepared is refused as the gateway refuses it: a service
 * that nobody offers with SERVICE_NOT_FOUND, an endpoint that is not declared with ENDPOINT_NOT_FOUND. Keeps what was
 * sent.
 */
public final class FakeServices implements ServiceClient {
    private final Json json;
    private final Map<String, Map<String, Function<ServiceRequest, Response>>> services = new HashMap<>();
    private final List<ServiceRequest> sent = new ArrayList<>();

    /** Takes the mapper that stands for the calling plugin's own, {@link TestJson#json()} for example. */
    public FakeServices(Json json) {
        this.json = json;
    }

    /** Prepares an answer to a method and path, such as {@code "GET /products"}; the query does not matter. */
    public FakeServices answer(String service, String methodAndPath, Function<ServiceRequest, Response> handler) {
        services.computeIfAbsent(service, name -> new HashMap<>()).put(methodAndPath, handler);
        return this;
    }

    /** Prepares a JSON answer with status 200. */
    public FakeServices answer(String service, String methodAndPath, String jsonText) {
        return answer(service, methodAndPath, request -> Response.of(200, "application/json", Body.of(jsonText)));
    }

    /** Takes a service away, as when its plugin is undeployed. */
    public FakeServices remove(String service) {
        services.remove(service);
        return this;
    }

    /** Answers what was sent, oldest first. */
    public List<ServiceRequest> sent() {
        return List.copyOf(sent);
    }

    @Override
    public ServiceHandle service(String name) {
        return new Handle(name);
    }

    @Override
    public <T> T as(Class<T> type) {
        return TypedCalls.of(type, this::service, () -> json);
    }

    private final class Handle implements ServiceHandle {
        private final String name;

        Handle(String name) {
            this.name = name;
        }

        @Override
        public boolean available() {
            return services.containsKey(name);
        }

        @Override
        public ServiceResponse send(ServiceRequest request) {
            sent.add(request);
            Map<String, Function<ServiceRequest, Response>> endpoints = services.get(name);
            if (endpoints == null) {
                throw refused(ErrorCode.SERVICE_NOT_FOUND, "Service not found: " + name + ".");
            }
            String endpoint = request.method() + " " + request.target().replaceFirst("\\?.*", "");
            Function<ServiceRequest, Response> handler = endpoints.get(endpoint);
            if (handler == null) {
                throw refused(
                        ErrorCode.ENDPOINT_NOT_FOUND,
                        "Service '" + name + "' has no " + endpoint + "; it has "
                                + endpoints.keySet().stream().sorted().toList() + ".");
            }
            return new FakeResponse(name, handler.apply(request), json);
        }

        private ServiceException refused(ErrorCode code, String message) {
            return ServiceException.refused(name, new MortiseException(code, message), Optional.empty());
        }

        @Override
        public CompletionStage<ServiceResponse> sendAsync(ServiceRequest request) {
            try {
                return CompletableFuture.completedFuture(send(request));
            } catch (ServiceException e) {
                return CompletableFuture.failedFuture(e);
            }
        }
    }
}
