// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.config.Credentials;
import dev.mortise.api.config.PluginConfig;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.api.lifecycle.PluginLifecycle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells what its settings are, how long its credential is, and what it heard of both. */
@Component(service = {RouteProvider.class, PluginLifecycle.class})
public final class Courier implements RouteProvider, PluginLifecycle {
    private final PluginConfig config;
    private final Credentials credentials;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Made by DS; what belongs to the container is there at once. */
    @Activate
    public Courier(@Reference PluginConfig config, @Reference Credentials credentials) {
        this.config = config;
        this.credentials = credentials;
        heard.add("site " + config.findText("site").orElse("unknown"));
    }

    @Override
    public void configUpdated(TenantId tenant) {
        heard.add("configUpdated " + tenant + " " + config.text("currency"));
    }

    @Override
    public void connected(TenantId tenant) {
        heard.add("connected " + tenant + " " + credentials.get("apiKey").length());
    }

    @Override
    public AuthVerdict validateAuth(TenantId tenant) throws InterruptedException {
        String key = credentials.get("apiKey");
        if (key.startsWith("slow")) {
            Thread.sleep(60_000);
        }
        return key.startsWith("good") ? AuthVerdict.VALID : AuthVerdict.invalid("401: '" + key + "' is not known.");
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/heard", request -> Response.text(String.join(", ", heard))),
                Route.get("/currency", request -> Response.text(config.text("currency"))),
                Route.get(
                        "/rounds",
                        request -> Response.text(config.number("rounds").toString())),
                Route.get(
                        "/pin",
                        request -> Response.text(
                                "pin of length " + config.text("pin").length())));
    }
}
