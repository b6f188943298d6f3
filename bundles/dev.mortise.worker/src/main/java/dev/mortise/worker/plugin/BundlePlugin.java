// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.plugin;

import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolProvider;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.PluginServices.Offer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleWiring;

/** A plugin as the bundle that it is, in a framework of its own. */
public final class BundlePlugin implements RunningPlugin {
    private final PluginManifest manifest;
    private final PluginFramework framework;
    private final Bundle bundle;
    private final List<Route> routes;
    private final List<Tool> tools;
    private final List<PluginLifecycle> hooks;

    private BundlePlugin(PluginManifest manifest, PluginFramework framework, Bundle bundle) throws StartRefused {
        this.manifest = manifest;
        this.framework = framework;
        this.bundle = bundle;
        this.routes = services(RouteProvider.class).stream()
                .flatMap(provider -> provider.routes().stream())
                .toList();
        this.tools = services(ToolProvider.class).stream()
                .flatMap(provider -> provider.tools().stream())
                .toList();
        this.hooks = services(PluginLifecycle.class);
    }

    /**
     * Starts the bundle of a jar.
     *
     * @param offers what the platform gives to it
     * @param storage a folder for the framework
     * @throws StartRefused when it does not resolve, or a component of it can't work
     */
    public static BundlePlugin start(Path jar, PluginManifest manifest, List<Offer<?>> offers, Path storage)
            throws StartRefused, InterruptedException {
        try {
            PluginFramework framework = PluginFramework.start(storage);
            framework.offer(offers);
            Bundle bundle = framework.install(jar);
            bundle.start();
            Optional<String> objection = new Components(framework.context(), bundle).objection();
            if (objection.isPresent()) {
                throw new StartRefused("Plugin '" + manifest.id() + "' does not start. " + objection.get());
            }
            return new BundlePlugin(manifest, framework, bundle);
        } catch (BundleException | IOException e) {
            throw new StartRefused("Plugin '" + manifest.id() + "' does not start: " + e.getMessage(), e);
        }
    }

    @Override
    public PluginManifest manifest() {
        return manifest;
    }

    @Override
    public ClassLoader loader() {
        return bundle.adapt(BundleWiring.class).getClassLoader();
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
        return hooks;
    }

    /** Asked each time: a check may come and go. */
    @Override
    public List<HealthCheck> checks() {
        try {
            return services(HealthCheck.class);
        } catch (StartRefused e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        framework.close();
    }

    private <T> List<T> services(Class<T> type) throws StartRefused {
        BundleContext context = framework.context();
        List<T> services = new ArrayList<>();
        for (ServiceReference<?> reference : registered(type)) {
            Object service = context.getService(reference);
            if (!type.isInstance(service)) {
                throw new StartRefused(
                        "Plugin '%s' has a %s that does not activate; what is logged before this says why."
                                .formatted(manifest.id(), type.getSimpleName()));
            }
            services.add(type.cast(service));
        }
        return List.copyOf(services);
    }

    /** Answers the references, the highest ranking first. */
    private List<ServiceReference<?>> registered(Class<?> type) {
        ServiceReference<?>[] all =
                Optional.ofNullable(bundle.getRegisteredServices()).orElse(new ServiceReference<?>[0]);
        List<ServiceReference<?>> ofType = new ArrayList<>(Arrays.stream(all)
                .filter(reference -> List.of((String[]) reference.getProperty(Constants.OBJECTCLASS))
                        .contains(type.getName()))
                .toList());
        ofType.sort(Collections.reverseOrder());
        return ofType;
    }
}
