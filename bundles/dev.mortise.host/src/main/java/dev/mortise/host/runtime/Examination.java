// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.auth.Authenticator;
import dev.mortise.api.auth.Authorizer;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.api.tool.Tool;
import dev.mortise.api.tool.ToolProvider;
import dev.mortise.host.deploy.Contribution;
import dev.mortise.host.runtime.ComponentStates.Component;
import dev.mortise.host.runtime.ComponentStates.Reading;
import dev.mortise.host.services.JarFiles;
import dev.mortise.kernel.admin.PluginApis;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.StartProblem;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.ServiceHealth;
import dev.mortise.kernel.port.PluginFiles;
import dev.mortise.kernel.port.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.felix.hc.api.HealthCheck;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/**
 * Looks whether a started plugin stands: its components, its hooks, its routes, its health, in this order. Lives on the
 * thread of the plugin, because looking runs its code.
 */
final class Examination {
    private final PluginHandle plugin;
    private final Bundle bundle;
    private final ServiceComponentRuntime components;
    private final TrackedServices<PluginLifecycle, PluginLifecycle> hooks;
    private final TrackedServices<RouteProvider, List<Route>> routes;
    private final TrackedServices<ToolProvider, List<Tool>> tools;
    private final TrackedServices<Authenticator, Authenticator> authenticators;
    private final TrackedServices<Authorizer, Authorizer> authorizers;
    private final TrackedServices<HealthCheck, HealthCheck> checks;
    private final HealthWatch health;
    private final Supplier<Optional<PluginApis>> apis;
    private Optional<Documented> documented = Optional.empty();
    private long schema;
    private int contractsLeft;

    Examination(
            PluginHandle plugin,
            Bundle bundle,
            BundleContext host,
            ServiceComponentRuntime components,
            HealthWatch health,
            Supplier<Optional<PluginApis>> apis) {
        this.health = health;
        this.apis = apis;
        this.plugin = plugin;
        this.bundle = bundle;
        this.components = components;
        this.hooks = new TrackedServices<>(plugin, bundle, host, PluginLifecycle.class, this::initialized);
        this.routes = new TrackedServices<>(plugin, bundle, host, RouteProvider.class, this::routesOf);
        this.tools = new TrackedServices<>(plugin, bundle, host, ToolProvider.class, this::toolsOf);
        this.authenticators = new TrackedServices<>(plugin, bundle, host, Authenticator.class, service -> service);
        this.authorizers = new TrackedServices<>(plugin, bundle, host, Authorizer.class, service -> service);
        this.checks = new TrackedServices<>(plugin, bundle, host, HealthCheck.class, service -> service);
    }

    /** Says what the highest migration is that the code expects, and how many are left for later. */
    void expects(long migration, int left) {
        schema = migration;
        contractsLeft = left;
    }

    /** Looks once; never throws what the plugin throws, except {@link Overrun}. */
    Checkup look() {
        Reading reading = components();
        if (reading.failed().isPresent()) {
            return new Checkup.Bad(reading.failed().get());
        }
        if (reading.unsatisfied().isPresent()) {
            return new Checkup.Pending(reading.unsatisfied().get(), reading.shape());
        }
        try {
            return fetch() ? judge() : notFetched();
        } catch (Overrun e) {
            throw e;
        } catch (Throwable e) {
            return new Checkup.Bad(thrown(e));
        }
    }

    /** Answers the lifecycle hooks, for the end. */
    List<PluginLifecycle> hooks() {
        return hooks.values();
    }

    /** Gives every service back. */
    void close() {
        List.of(checks, authorizers, authenticators, tools, routes, hooks).forEach(TrackedServices::close);
    }

    private Reading components() {
        List<Component> found = new ArrayList<>();
        components
                .getComponentDescriptionDTOs(bundle)
                .forEach(description -> found.add(new Component(
                        description,
                        components.getComponentConfigurationDTOs(description),
                        components.isComponentEnabled(description))));
        boolean declared = bundle.getHeaders("").get("Service-Component") != null;
        if (declared && found.isEmpty()) {
            StartProblem unread = new StartProblem(
                    "The components of plugin '" + plugin.id() + "' can't be read: see the log for what is wrong with"
                            + " the files that its header Service-Component names.",
                    "Build the jar with bnd-maven-plugin.");
            return new Reading(Optional.empty(), Optional.of(unread), "unread");
        }
        return new ComponentStates(plugin.id(), classes()).read(found);
    }

    private boolean fetch() throws Exception {
        return hooks.update()
                && routes.update()
                && tools.update()
                && authenticators.update()
                && authorizers.update()
                && checks.update();
    }

    /** A delayed component that throws at its first use shows that only now. */
    private Checkup notFetched() {
        Reading reading = components();
        return reading.failed()
                .<Checkup>map(Checkup.Bad::new)
                .orElseGet(() -> new Checkup.Pending(
                        new StartProblem(
                                "A service of plugin '" + plugin.id() + "' is registered but can't be had"
                                        + classFailure() + ".",
                                "The log says why its component does not activate: mend that, raise the version and drop the jar."),
                        reading.shape()));
    }

    /** A component that is delayed is loaded by whoever uses it, and its runtime only logs that it can't be. */
    private String classFailure() {
        return components.getComponentDescriptionDTOs(bundle).stream()
                .flatMap(description -> classes().of(description.implementationClass).stream())
                .findFirst()
                .map(words -> ": " + words)
                .orElse("");
    }

    private ClassFailures classes() {
        return new ClassFailures(bundle.adapt(BundleWiring.class).getClassLoader());
    }

    private Checkup judge() {
        List<Route> all = routes.values().stream().flatMap(List::stream).toList();
        RouteRules rules = new RouteRules(plugin.artifact().manifest());
        Optional<StartProblem> malformed = rules.malformed(all);
        if (malformed.isPresent()) {
            return new Checkup.Bad(malformed.get());
        }
        Optional<StartProblem> missing = rules.missing(all);
        if (missing.isPresent()) {
            return new Checkup.Pending(missing.get(), "routes " + all.size());
        }
        HealthVerdict verdict = health.of(checks.values());
        Problem unwell = verdict.problem().orElse(null);
        if (verdict.health() == ServiceHealth.UNAVAILABLE && unwell != null) {
            return verdict.passing() ? new Checkup.Unwell(unwell) : new Checkup.Bad(unwell);
        }
        return new Checkup.Good(new Contribution(
                RuntimeDeclaration.BUNDLE,
                bundle.adapt(BundleWiring.class).getClassLoader(),
                all,
                new Routing.Tools.Here(
                        tools.values().stream().flatMap(List::stream).toList()),
                authenticators.values(),
                authorizers.values(),
                Optional.ofNullable(unwell),
                schema,
                contractsLeft,
                documented(all).warnings()));
    }

    /** What is to be said of the API document beside these routes. */
    private record Documented(List<Route> routes, List<String> warnings) {}

    /** A document is read once, unless routes come or go. */
    private Documented documented(List<Route> all) {
        Documented said = documented
                .filter(before -> before.routes().equals(all))
                .orElseGet(() -> new Documented(all, document(all)));
        documented = Optional.of(said);
        return said;
    }

    private List<String> document(List<Route> all) {
        PluginFiles files = new JarFiles(bundle.adapt(BundleWiring.class).getClassLoader());
        return apis.get()
                .map(present -> present.warnings(plugin.artifact().manifest(), files, all))
                .orElseGet(List::of);
    }

    private PluginLifecycle initialized(PluginLifecycle hook) throws Exception {
        plugin.call("initialize() of plugin '" + plugin.id() + "'", () -> {
            hook.initialize();
            return true;
        });
        return hook;
    }

    private List<Route> routesOf(RouteProvider provider) throws Exception {
        return List.copyOf(plugin.call("routes() of plugin '" + plugin.id() + "'", provider::routes));
    }

    private List<Tool> toolsOf(ToolProvider provider) throws Exception {
        return List.copyOf(plugin.call("tools() of plugin '" + plugin.id() + "'", provider::tools));
    }

    private StartProblem thrown(Throwable failure) {
        return StartProblems.thrown(plugin.id(), failure);
    }
}
