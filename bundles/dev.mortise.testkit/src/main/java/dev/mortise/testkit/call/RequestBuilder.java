// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.call;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.BoundContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds a request as a handler gets it: {@code request("GET", "/products/7").parameter("id", "7")}. */
public final class RequestBuilder {
    private final String method;
    private final String path;
    private final Map<String, String> parameters = new LinkedHashMap<>();
    private final Map<String, List<String>> query = new LinkedHashMap<>();
    private Headers headers = Headers.none();
    private Body body = Body.empty();
    private CallContext context = ContextBuilder.context().build();

    private RequestBuilder(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** Starts with method and canonical path. */
    public static RequestBuilder request(String method, String path) {
        return new RequestBuilder(method, path);
    }

    /** Sets the value of a {@code {name}} segment of the route. */
    public RequestBuilder parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** Adds a value of a query parameter. */
    public RequestBuilder query(String name, String value) {
        query.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
        return this;
    }

    /** Sets a field. */
    public RequestBuilder header(String name, String value) {
        headers = headers.with(name, value);
        return this;
    }

    /** Sets the content. */
    public RequestBuilder body(Body content) {
        body = content;
        return this;
    }

    /** Sets the content to JSON text. */
    public RequestBuilder json(String text) {
        return header("Content-Type", "application/json").body(Body.of(text));
    }

    /** Sets the context of the call; a user of the tenant {@code default} when not called. */
    public RequestBuilder in(ContextBuilder call) {
        context = call.build();
        return this;
    }

    /** Answers the request. */
    public Request build() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        query.forEach((name, list) -> values.put(name, List.copyOf(list)));
        return new BuiltRequest(method, path, Map.copyOf(parameters), Map.copyOf(values), headers, body, context);
    }

    /** Answers what a handler answers, run with the request's context bound as the gateway does. */
    public Response to(Handler handler) throws Exception {
        Request request = build();
        return BoundContext.call(request.context(), () -> handler.handle(request));
    }

    private record BuiltRequest(
            String method,
            String path,
            Map<String, String> pathParameters,
            Map<String, List<String>> query,
            Headers headers,
            Body body,
            CallContext context)
            implements Request {}
}
