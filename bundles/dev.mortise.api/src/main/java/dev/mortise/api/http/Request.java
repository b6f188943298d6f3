// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.http;

import dev.mortise.api.call.CallContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.osgi.annotation.versioning.ProviderType;

/** One HTTP request to a plugin's route, already authenticated, authorized and canonical. */
@ProviderType
public interface Request {
    /** Answers the method in upper case. */
    String method();

    /** Answers the canonical, decoded path relative to the plugin's mount, starting with a slash. */
    String path();

    /** Answers the decoded values of the route's {@code {name}} segments. */
    Map<String, String> pathParameters();

    /** Answers the decoded query parameters, each with its values in order. */
    Map<String, List<String>> query();

    /** Answers the fields, without credentials and hop-by-hop fields. */
    Headers headers();

    /** Answers the content. */
    Body body();

    /** Answers the context of this call, the same that is bound to the handler's thread. */
    CallContext context();

    /**
     * Answers the value of a path parameter.
     *
     * @throws IllegalArgumentException when the route's path has no such parameter
     */
    default String pathParameter(String name) {
        String value = pathParameters().get(name);
        if (value == null) {
            throw new IllegalArgumentException("The route's path has no parameter '" + name + "'.");
        }
        return value;
    }

    /** Answers the first value of a query parameter. */
    default Optional<String> query(String name) {
        List<String> values = query().getOrDefault(name, List.of());
        return values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
    }
}
