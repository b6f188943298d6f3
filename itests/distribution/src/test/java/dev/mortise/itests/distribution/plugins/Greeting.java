// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.lifecycle.PluginLifecycle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Tells for whom it was started and disabled; does not like a tenant of the name grumpy. */
@Component(service = {RouteProvider.class, PluginLifecycle.class})
public final class Greeting implements RouteProvider, PluginLifecycle {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Made by DS. */
    @Activate
    public Greeting() {}

    @Override
    public void start(TenantId tenant) {
        if (tenant.value().equals("grumpy")) {
            throw new IllegalStateException("I don't like " + tenant + ".");
        }
        heard.add("start " + tenant);
    }

    @Override
    public void disable(TenantId tenant) {
        heard.add("disable " + tenant);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/heard", request -> Response.text(String.join(", ", heard))));
    }
}
