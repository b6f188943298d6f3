// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import java.util.stream.IntStream;

/** Ten routes, each of which answers a small document. */
public final class AnswerRoutes implements RouteProvider {
    private static final int ROUTES = 10;

    @Override
    public List<Route> routes() {
        return IntStream.range(0, ROUTES)
                .mapToObj(number -> Route.get(number == 0 ? "/answers/{id}" : "/answers/{id}/" + number, this::answer))
                .toList();
    }

    private Response answer(Request request) {
        return Response.of(200, Answers.TYPE, Body.of(Answers.json(request.pathParameter("id"))));
    }
}
