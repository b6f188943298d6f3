// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The routes of {@code inventory.categories}; a plugin may have as many route providers as it has concerns. */
@Component
public final class CategoryRoutes implements RouteProvider {
    private final CategoryHandlers handlers;

    /** Takes this plugin's database role and JSON mapper. */
    @Activate
    public CategoryRoutes(@Reference DataSource database, @Reference Json json) {
        handlers = new CategoryHandlers(new PostgresCategories(new Database(database)), json);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/categories", handlers::list), Route.post("/categories", handlers::create));
    }
}
