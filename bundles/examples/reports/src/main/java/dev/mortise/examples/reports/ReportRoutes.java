// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.reports;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.json.Json;
import dev.mortise.api.service.ServiceClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The route of {@code reports.generator}. The service client is bound to this plugin: it finds the two services that
 * {@code plugin.json} declares, in the versions declared there, and nothing else.
 */
@Component
public final class ReportRoutes implements RouteProvider {
    private static final Duration PATIENCE_WITH_CRM = Duration.ofSeconds(2);

    private final Inventory inventory;
    private final Crm crm;
    private final Json json;
    private final Clock clock;

    /** Takes this plugin's service client and JSON mapper. */
    @Activate
    public ReportRoutes(@Reference ServiceClient services, @Reference Json json) {
        this(services, json, PATIENCE_WITH_CRM, Clock.systemUTC());
    }

    ReportRoutes(ServiceClient services, Json json, Duration patienceWithCrm, Clock clock) {
        inventory = services.as(Inventory.class);
        crm = new Crm(services.service("crm.contacts"), patienceWithCrm);
        this.json = json;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post("/reports/generate", this::generate));
    }

    private Response generate(Request request) {
        CompletableFuture<Optional<List<Customer>>> customers = crm.customers();
        return json.ok(Report.of(inventory.products(), customers.join(), clock.instant()));
    }
}
