// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.workertoken;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Answers the requests for tokens, each for the tenant of its call. */
final class TokenHandlers {
    private final RecentTokens recent;
    private final Tokens tokens;
    private final Json json;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    TokenHandlers(RecentTokens recent, Json json, Clock clock) {
        this.recent = recent;
        this.tokens = recent.all();
        this.json = json;
        this.clock = clock;
    }

    Response create(Request request) throws IOException {
        TokenOrder order = json.read(request.body(), TokenOrder.class);
        NewToken wanted = order.validated(request.context().identity(), clock.instant());
        IssuedToken issued = issue(tenant(request), wanted);
        return json.response(201, issued)
                .with("Location", "tokens/" + issued.id())
                .with("Cache-Control", "no-store");
    }

    Response list(Request request) {
        return json.ok(TokenList.of(tokens.list(tenant(request))));
    }

    Response get(Request request) {
        return json.ok(
                id(request).flatMap(id -> tokens.find(tenant(request), id)).orElseThrow(() -> unknown(request)));
    }

    Response revoke(Request request) {
        UUID id = id(request).orElseThrow(() -> unknown(request));
        if (!tokens.revoke(tenant(request), id)) {
            throw unknown(request);
        }
        recent.forget(id);
        return Response.status(204);
    }

    /** Two texts begin alike once in 2^48 pairs; then the next one is taken. */
    private IssuedToken issue(TenantId tenant, NewToken wanted) {
        while (true) {
            TokenText text = TokenText.make(random);
            Optional<Token> added = tokens.add(tenant, wanted, text);
            if (added.isPresent()) {
                return IssuedToken.of(added.get(), text);
            }
        }
    }

    private static TenantId tenant(Request request) {
        return request.context()
                .tenant()
                .orElseThrow(() -> new MortiseException(ErrorCode.TENANT_REQUIRED, "A token belongs to a tenant."));
    }

    private static Optional<UUID> id(Request request) {
        String text = request.pathParameter("id");
        // UUID.fromString takes shortened forms too, which would give one token many addresses.
        return Optional.of(text)
                .filter(t -> t.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                .map(UUID::fromString);
    }

    private static MortiseException unknown(Request request) {
        return new MortiseException(
                ErrorCode.NOT_FOUND,
                "There is no token '" + request.pathParameter("id") + "'. GET /tokens lists those there are.");
    }
}
