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

/**
 * The routes of {@code inventory.products}. Mortise mounts them at {@code /api/v1/p/inventory/}; each one realises the
 * endpoint of {@code plugin.json} with the same method and path, whose permissions Mortise has checked before a handler
 * runs. The tables are there before this component is: migrations come first.
 */
@Component
public final class ProductRoutes implements RouteProvider {
    private final ProductHandlers handlers;

    /** Both references are this plugin's own: its database role and a JSON mapper that knows only its classes. */
    @Activate
    public ProductRoutes(@Reference DataSource database, @Reference Json json) {
        handlers = new ProductHandlers(new PostgresProducts(new Database(database)), json);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/products", handlers::list),
                Route.get("/products/{id}", handlers::get),
                Route.post("/products", handlers::create),
                Route.put("/products/{id}", handlers::replace),
                Route.delete("/products/{id}", handlers::delete));
    }
}
