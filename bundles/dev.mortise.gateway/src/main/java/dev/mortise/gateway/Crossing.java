// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.call.CallContext;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.NoContent;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes bodies and fields from one plugin to another without handing over an object of a plugin's class: what the API's
 * own classes hold in memory crosses as it is, all else is wrapped or copied.
 */
final class Crossing {
    private static final Class<?> BUFFER = Body.empty().getClass();
    private static final Set<Class<?>> FIELDS =
            Set.of(Headers.none().getClass(), Headers.of("name", "value").getClass(), VisibleHeaders.class);

    private Crossing() {}

    /** Answers the body for the other side; code behind one that is not in memory goes on running as its owner's. */
    static Body body(Body body, Owner owner, CallContext context) throws IOException {
        return body(body, new Origin(owner, context), false);
    }

    private static Body body(Body body, Origin origin, boolean ends) throws IOException {
        if (body.getClass() == BUFFER) {
            return body;
        }
        return body.buffered() ? Body.of(body.buffer()) : new OriginBody(body, origin, ends);
    }

    /** Answers the answer of a route for the other side, without a body where HEAD asks (RFC 9110, section 9.3.2). */
    static Response answer(Response response, String method, MountedRoute route, CallContext context)
            throws IOException {
        Body body = method.equals("HEAD")
                ? NoContent.inPlaceOf(response.body())
                : body(response.body(), new Origin(route.owner(), context), route.streaming());
        return new Response(response.status(), AnsweredFields.of(headers(response.headers())), body);
    }

    /** Answers the fields for the other side. */
    static Headers headers(Headers headers) {
        if (FIELDS.contains(headers.getClass())) {
            return headers;
        }
        Map<String, List<String>> fields = new HashMap<>();
        for (String name : headers.names()) {
            fields.put(name, headers.all(name));
        }
        return Headers.of(fields);
    }
}
