// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.plugins;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/** The code of a generated plugin: one route that answers the version that its jar holds. */
public final class VersionedRoutes implements RouteProvider {
    static final String FIELD = "X-Version";
    static final int LINES = 50;

    private final Response answer;

    /** Reads the version. */
    public VersionedRoutes() throws IOException {
        try (InputStream entry = VersionedRoutes.class.getResourceAsStream("/version")) {
            String version = new String(entry.readAllBytes(), UTF_8);
            answer = Response.text((version + "\n").repeat(LINES)).with(FIELD, version);
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/version", request -> answer));
    }
}
