// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.util.Optional;
import java.util.UUID;

/** Answers the requests for products. */
record ProductHandlers(Products products, Json json) {
    Response list(Request request) {
        return json.ok(products.list(PageQuery.of(request)));
    }

    Response get(Request request) {
        return json.ok(new One<>(id(request).flatMap(products::find).orElseThrow(() -> unknown(request))));
    }

    Response create(Request request) throws IOException {
        Product product = products.add(values(request));
        return json.response(201, new One<>(product)).with("Location", "products/" + product.id());
    }

    Response replace(Request request) throws IOException {
        ProductValues values = values(request);
        Optional<Product> replaced = id(request).flatMap(id -> products.replace(id, values));
        return json.ok(new One<>(replaced.orElseThrow(() -> unknown(request))));
    }

    Response delete(Request request) {
        if (!id(request).map(products::delete).orElse(false)) {
            throw unknown(request);
        }
        return Response.status(204);
    }

    private ProductValues values(Request request) throws IOException {
        return json.read(request.body(), ProductInput.class).validated();
    }

    private static Optional<UUID> id(Request request) {
        String text = request.pathParameter("id");
        // UUID.fromString takes shortened forms too, which would give one product many addresses.
        return Optional.of(text)
                .filter(t -> t.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"))
                .map(UUID::fromString);
    }

    private static MortiseException unknown(Request request) {
        return new MortiseException(
                ErrorCode.NOT_FOUND,
                "There is no product '" + request.pathParameter("id") + "'. GET /products lists those there are.");
    }
}
