// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A route that answers nobody: each call stays until its caller is told that it took too long. */
public final class AnswersNobody implements RouteProvider {
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/answers/{id}", request -> {
            never.await();
            return Response.of(200, Answers.TYPE, Body.of(""));
        }));
    }
}
