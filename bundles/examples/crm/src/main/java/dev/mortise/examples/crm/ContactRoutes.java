// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.crm;

import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import java.util.List;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The routes of {@code crm.contacts}: the smallest plugin that keeps data. */
@Component
public final class ContactRoutes implements RouteProvider {
    private final ContactHandlers handlers;

    /** Takes this plugin's database role and JSON mapper. */
    @Activate
    public ContactRoutes(@Reference DataSource database, @Reference Json json) {
        handlers = new ContactHandlers(new PostgresContacts(database), json);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/contacts", handlers::list), Route.post("/contacts", handlers::create));
    }
}
