// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Tokens;
import dev.mortise.kernel.admin.Tokens.Created;
import dev.mortise.kernel.admin.Tokens.NewToken;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The core's tokens: made with their text told once, listed without it, revoked. */
@Component(property = "mortise.core:Boolean=true")
public final class TokenRoutes implements RouteProvider {
    private final Tokens tokens;
    private final Json json;

    /** Made by DS. */
    @Activate
    public TokenRoutes(@Reference Tokens tokens, @Reference JsonFactory mappers) {
        this.tokens = tokens;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/tokens", this::list),
                Route.post("/api/v1/tokens", this::create),
                Route.delete("/api/v1/tokens/{id}", this::revoke));
    }

    private Response list(Request request) {
        Query.of(request);
        return json.ok(Listing.of("tokens", tokens.list()));
    }

    private Response create(Request request) throws IOException {
        Query.of(request);
        Created created = tokens.create(json.read(request.body(), Order.class).wanted());
        if (created instanceof Created.Refused refused) {
            throw new MortiseException(ErrorCode.VALIDATION_FAILED, refused.message());
        }
        Created.Made made = (Created.Made) created;
        return json.response(
                        201,
                        new Told(made.token().id(), made.text(), made.token().expiresAt()))
                .with("Cache-Control", "no-store");
    }

    private Response revoke(Request request) {
        Query.of(request);
        String id = request.pathParameter("id");
        if (!tokens.revoke(id)) {
            throw new MortiseException(
                    ErrorCode.NOT_FOUND, "There is no token '" + id + "'. GET /api/v1/tokens lists those that are.");
        }
        return Response.status(204);
    }

    /** The body of an order. */
    record Order(
            Optional<String> kind, Optional<String> plugin, Optional<String> tenant, Optional<Long> expiresInSeconds) {
        NewToken wanted() {
            return new NewToken(kind.orElse(""), plugin, tenant, expiresInSeconds.map(Duration::ofSeconds));
        }
    }

    /** The one answer that holds the text. */
    record Told(String id, String token, Optional<Instant> expiresAt) {
        @Override
        public String toString() {
            return "Told[id=" + id + ", token=***]";
        }
    }
}
