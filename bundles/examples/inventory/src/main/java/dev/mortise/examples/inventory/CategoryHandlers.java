// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Answers the requests for categories. */
record CategoryHandlers(Categories categories, Json json) {
    private static final int LONGEST_NAME = 100;

    Response list(Request request) {
        return json.ok(new All(categories.list()));
    }

    Response create(Request request) throws IOException {
        Optional<String> name = json.read(request.body(), Input.class).name();
        List<String> violations = new ArrayList<>();
        Texts.check("name", name, LONGEST_NAME, violations);
        Texts.refuse(violations);
        return json.response(201, new One<>(categories.add(name.orElseThrow().strip())));
    }

    private record Input(Optional<String> name) {}

    private record All(List<Category> data) {}
}
