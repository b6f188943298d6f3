// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.api.auth.Authenticator;
import dev.mortise.api.auth.Authorizer;
import dev.mortise.api.http.Route;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.Routing;
import java.util.List;
import java.util.Optional;

/**
 * What a plugin version that stands ready brings.
 *
 * @param location where it runs: bundle or worker
 * @param loader the class loader of its bundle, or one that knows the entries of its jar alone
 * @param tools what it offers to language models
 * @param degraded why it is not fully well, though it can serve
 * @param schema the highest migration that its code expects, 0 for none
 * @param contractsLeft contract migrations that wait until nothing older runs
 * @param warnings what is to be said of the API document that it ships
 */
public record Contribution(
        String location,
        ClassLoader loader,
        List<Route> routes,
        Routing.Tools tools,
        List<Authenticator> authenticators,
        List<Authorizer> authorizers,
        Optional<Problem> degraded,
        long schema,
        int contractsLeft,
        List<String> warnings) {
    public Contribution {
        routes = List.copyOf(routes);
        authenticators = List.copyOf(authenticators);
        authorizers = List.copyOf(authorizers);
        warnings = List.copyOf(warnings);
    }

    /** Answers the same, not fully well for a reason, or well. */
    public Contribution but(Optional<Problem> why) {
        return new Contribution(
                location, loader, routes, tools, authenticators, authorizers, why, schema, contractsLeft, warnings);
    }
}
