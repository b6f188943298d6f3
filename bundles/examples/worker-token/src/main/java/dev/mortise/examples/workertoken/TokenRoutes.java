// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import java.time.Clock;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The routes of {@code worker-token.tokens}, mounted at {@code /api/v1/p/worker-token/}. */
@Component
public final class TokenRoutes implements RouteProvider {
    private final TokenHandlers handlers;

    /** The mapper is this plugin's own. */
    @Activate
    public TokenRoutes(@Reference RecentTokens tokens, @Reference Json json) {
        handlers = new TokenHandlers(tokens, json, Clock.systemUTC());
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.post("/tokens", handlers::create),
                Route.get("/tokens", handlers::list),
                Route.get("/tokens/{id}", handlers::get),
                Route.delete("/tokens/{id}", handlers::revoke));
    }
}
