// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.config.Credentials;
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

/** Tells the number at the end of its access token, and what it heard of its connection. */
@Component(service = {RouteProvider.class, PluginLifecycle.class})
public final class Broker implements RouteProvider, PluginLifecycle {
    private final Credentials credentials;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    /** Made by DS. */
    @Activate
    public Broker(@Reference Credentials credentials) {
        this.credentials = credentials;
    }

    private String number() {
        String token = credentials.accessToken();
        return token.substring(token.lastIndexOf('-') + 1);
    }

    @Override
    public void connected(TenantId tenant) {
        heard.add("connected " + tenant + " " + number());
    }

    @Override
    public void configUpdated(TenantId tenant) {
        heard.add("configUpdated " + tenant + " " + credentials.methodId().orElse("nothing"));
    }

    @Override
    public AuthVerdict validateAuth(TenantId tenant) {
        return AuthVerdict.invalid("401: " + credentials.accessToken() + " is not known.");
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/heard", request -> Response.text(String.join(", ", heard))),
                Route.get("/number", request -> Response.text(number())));
    }
}
