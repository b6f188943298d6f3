// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins.rows;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.config.Credentials;
import dev.mortise.api.config.PluginConfig;
import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.api.lifecycle.PluginLifecycle;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.log.Logger;
import org.osgi.service.log.LoggerFactory;

/** Keeps what it heard of its life, tells what it was given, and is as well as it was told to be. */
@Component(service = {RouteProvider.class, PluginLifecycle.class, HealthCheck.class})
public final class Life implements RouteProvider, PluginLifecycle, HealthCheck {
    private final PluginConfig config;
    private final Credentials credentials;
    private final Logger log;
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private volatile Result.Status mood = Result.Status.OK;

    /** Made by DS. */
    @Activate
    public Life(
            @Reference PluginConfig config,
            @Reference Credentials credentials,
            @Reference(service = LoggerFactory.class) Logger log) {
        this.config = config;
        this.credentials = credentials;
        this.log = log;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/life", request -> Response.text(String.join(", ", heard))),
                Route.get("/given", request -> Response.text(given())),
                Route.post("/mood/{mood}", this::mood));
    }

    private String given() {
        return "colour %s, size %s, key %s"
                .formatted(
                        config.text("colour"),
                        config.number("size"),
                        credentials.find("apiKey").orElse("none"));
    }

    private Response mood(Request request) {
        mood = Result.Status.valueOf(request.pathParameter("mood"));
        return Response.status(204);
    }

    @Override
    public void initialize() {
        heard.add("initialize");
    }

    @Override
    public void start(TenantId tenant) {
        heard.add("start " + tenant);
    }

    @Override
    public void configUpdated(TenantId tenant) {
        heard.add("configUpdated " + tenant + " " + config.text("colour"));
    }

    @Override
    public void connected(TenantId tenant) {
        heard.add("connected " + tenant + " " + credentials.get("apiKey"));
    }

    @Override
    public void disable(TenantId tenant) {
        heard.add("disable " + tenant);
    }

    @Override
    public void stop() {
        log.warn("it heard of its end, with {} things before", heard.size());
    }

    @Override
    public AuthVerdict validateAuth(TenantId tenant) {
        String key = credentials.get("apiKey");
        return key.startsWith("good") ? AuthVerdict.VALID : AuthVerdict.invalid("This key is not known.");
    }

    @Override
    public Result execute() {
        return new Result(mood, "it feels " + mood);
    }
}
