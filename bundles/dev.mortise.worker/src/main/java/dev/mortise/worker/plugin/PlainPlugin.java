// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolProvider;
import dev.mortise.kernel.model.PluginManifest;
import java.util.List;
import java.util.stream.Stream;
import org.apache.felix.hc.api.HealthCheck;

/** A plugin that is one plain object, outside of any framework: what it implements, it offers. */
public final class PlainPlugin implements RunningPlugin {
    private final PluginManifest manifest;
    private final Object plugin;
    private final List<Route> routes;
    private final List<Tool> tools;

    /** Takes an object that implements RouteProvider, ToolProvider, PluginLifecycle, HealthCheck, or several of them. */
    public PlainPlugin(PluginManifest manifest, Object plugin) {
        this.manifest = manifest;
        this.plugin = plugin;
        this.routes = as(RouteProvider.class).stream()
                .flatMap(provider -> provider.routes().stream())
                .toList();
        this.tools = as(ToolProvider.class).stream()
                .flatMap(provider -> provider.tools().stream())
                .toList();
    }

    @Override
    public PluginManifest manifest() {
        return manifest;
    }

    @Override
    public ClassLoader loader() {
        return plugin.getClass().getClassLoader();
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    @Override
    public List<Tool> tools() {
        return tools;
    }

    @Override
    public List<PluginLifecycle> hooks() {
        return as(PluginLifecycle.class);
    }

    @Override
    public List<HealthCheck> checks() {
        return as(HealthCheck.class);
    }

    @Override
    public void close() {
        // nothing holds it
    }

    private <T> List<T> as(Class<T> type) {
        return Stream.of(plugin).filter(type::isInstance).map(type::cast).toList();
    }
}
