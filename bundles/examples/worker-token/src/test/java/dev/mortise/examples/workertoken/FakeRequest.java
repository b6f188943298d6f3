// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/** A request of a tenant's user. */
record FakeRequest(CallContext context, Map<String, String> pathParameters) implements Request {
    static FakeRequest of(TenantId tenant) {
        return new FakeRequest(new Context(tenant), Map.of());
    }

    FakeRequest id(Object id) {
        return new FakeRequest(context, Map.of("id", id.toString()));
    }

    @Override
    public String method() {
        return "GET";
    }

    @Override
    public String path() {
        return "/tokens";
    }

    @Override
    public Map<String, List<String>> query() {
        return Map.of();
    }

    @Override
    public Headers headers() {
        return Headers.none();
    }

    @Override
    public Body body() {
        return Body.empty();
    }

    private record Context(TenantId of) implements CallContext {
        @Override
        public Optional<TenantId> tenant() {
            return Optional.of(of);
        }

        @Override
        public Identity identity() {
            return Identity.user("ann", of, Set.of("plugin.worker-token.tokens.manage"));
        }

        @Override
        public Optional<String> caller() {
            return Optional.empty();
        }

        @Override
        public String requestId() {
            return "r-1";
        }

        @Override
        public Optional<String> traceparent() {
            return Optional.empty();
        }

        @Override
        public Duration remaining() {
            return Duration.ofSeconds(30);
        }

        @Override
        public int hop() {
            return 0;
        }

        @Override
        public Runnable wrap(Runnable task) {
            return task;
        }

        @Override
        public <T> Callable<T> wrap(Callable<T> task) {
            return task;
        }
    }
}
