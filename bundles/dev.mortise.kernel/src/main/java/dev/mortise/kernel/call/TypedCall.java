// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.call;

import dev.mortise.api.http.Body;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.Endpoint;
import dev.mortise.api.service.ServiceHandle;
import dev.mortise.api.service.ServiceRequest;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One method of a typed service, worked out once.
 *
 * @param holes how many parameters belong to the path; one more is the body
 */
record TypedCall(String verb, String path, int holes, String contentType, TypedAnswer answer, Supplier<Json> json) {
    private static final Pattern HOLE = Pattern.compile("\\{[^{}/]*}");
    private static final Set<String> WITHOUT_BODY = Set.of("GET", "HEAD");
    private static final Set<String> VERBS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    static TypedCall of(Method method, Endpoint endpoint, Supplier<Json> json) {
        String[] parts = endpoint.value().split(" ", 2);
        if (parts.length != 2 || !VERBS.contains(parts[0]) || !parts[1].startsWith("/")) {
            throw new IllegalArgumentException(
                    "\"" + endpoint.value() + "\" is no method and path such as \"GET /products/{id}\"");
        }
        int holes = (int) HOLE.matcher(parts[1]).results().count();
        int most = holes + (WITHOUT_BODY.contains(parts[0]) ? 0 : 1);
        if (method.getParameterCount() < holes || method.getParameterCount() > most) {
            throw new IllegalArgumentException("%d parameters for \"%s\", which takes %s"
                    .formatted(
                            method.getParameterCount(),
                            endpoint.value(),
                            most == holes ? holes + " and no body" : holes + ", or " + most + " with a body"));
        }
        TypedAnswer answer = TypedAnswer.of(method.getGenericReturnType());
        return new TypedCall(parts[0], parts[1], holes, endpoint.contentType(), answer, json);
    }

    @Nullable
    Object on(ServiceHandle service, Object[] given) {
        ServiceRequest request = ServiceRequest.of(verb, path, Arrays.copyOf(given, holes));
        if (given.length > holes) {
            Object content = Objects.requireNonNull(given[holes], "the body of " + verb + " " + path + " is null");
            Body body = content instanceof Body raw ? raw : json.get().write(content);
            request = request.withBody(contentType, body);
        }
        return answer.to(service, request);
    }
}
