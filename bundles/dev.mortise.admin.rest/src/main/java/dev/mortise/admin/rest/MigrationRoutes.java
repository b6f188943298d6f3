// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.Migrations;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.port.JsonFactory;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Migrations of plugins: what was applied, what runs, what a jar would do, and the way back. */
@Component(property = {"mortise.core:Boolean=true", "mortise.core.bounded:Boolean=false"})
public final class MigrationRoutes implements RouteProvider {
    private static final String OF_PLUGIN = "/api/v1/plugins/{id}/migrations";

    private final Migrations migrations;
    private final Json json;

    /** Made by DS. */
    @Activate
    public MigrationRoutes(@Reference Migrations migrations, @Reference JsonFactory mappers) {
        this.migrations = migrations;
        this.json = mappers.strict();
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/v1/migrations", this::running),
                Route.post("/api/v1/migrations/plan", this::plan),
                Route.get(OF_PLUGIN, this::history),
                Route.get(OF_PLUGIN + "/down", this::wayBack),
                Route.post(OF_PLUGIN + "/down", this::down));
    }

    private Response running(Request request) {
        Query.of(request);
        return json.ok(Listing.of("running", migrations.running()));
    }

    private Response plan(Request request) throws IOException {
        boolean read = Query.of(request, "read").flag("read");
        try (SentJar jar = SentJar.of(request)) {
            return json.ok(migrations.plan(new Upload(jar.name(), jar.bytes(), false, Trigger.API), !read));
        }
    }

    private Response history(Request request) {
        Query.of(request);
        return json.ok(migrations.history(NamedPlugin.of(request)));
    }

    private Response wayBack(Request request) {
        Query query = Query.of(request, "keep");
        return json.ok(migrations.wayBack(NamedPlugin.of(request), keep(query)));
    }

    private Response down(Request request) throws IOException {
        Query query = Query.order(request, json, "keep", "confirm");
        return json.ok(migrations.down(NamedPlugin.of(request), keep(query), query.text("confirm")));
    }

    private static OptionalLong keep(Query query) {
        String version = query.text("keep").orElse("");
        if (!version.matches("\\d{0,18}")) {
            throw Refusals.invalid("'keep' is the version of a migration, or 0, not '" + version + "'.");
        }
        return version.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(version));
    }
}
