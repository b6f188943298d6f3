// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.lifecycle.PluginLifecycle;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What makes a version fail; each jar takes one of these. */
public final class Broken {
    private Broken() {}

    /** An activator that throws. */
    public static final class ThrowingActivator implements BundleActivator {
        @Override
        public void start(BundleContext context) {
            throw new IllegalStateException("the activator has no luck");
        }

        @Override
        public void stop(BundleContext context) {
            // it never started
        }
    }

    /** An activator that never comes back and does not hear an interrupt. */
    public static final class HangingActivator implements BundleActivator {
        @Override
        public void start(BundleContext context) {
            while (context != null) {
                LockSupport.park();
                Thread.interrupted();
            }
        }

        @Override
        public void stop(BundleContext context) {
            // it never started
        }
    }

    /** A hook that refuses. */
    @Component
    public static final class ThrowingHook implements PluginLifecycle {
        @Override
        public void initialize() {
            throw new IllegalArgumentException("the currency is missing");
        }
    }

    /** A hook that never comes back. */
    @Component
    public static final class HangingHook implements PluginLifecycle {
        @Override
        public void initialize() {
            while (!Thread.currentThread().isInterrupted()) {
                LockSupport.park();
            }
        }
    }

    /** A component that needs what nobody has. */
    @Component(immediate = true, service = Lonely.class)
    public static final class Lonely {
        /** Waits for ever. */
        @Activate
        public Lonely(@Reference Callable<?> nobody) throws Exception {
            nobody.call();
        }
    }

    /** A component that needs the one that needs it. */
    @Component(service = Hen.class)
    public static final class Hen {
        /** Waits for ever. */
        @Activate
        public Hen(@Reference Egg egg) {}
    }

    /** A component that needs the one that needs it. */
    @Component(service = Egg.class)
    public static final class Egg {
        /** Waits for ever. */
        @Activate
        public Egg(@Reference Hen hen) {}
    }

    /** A component that throws. */
    @Component(immediate = true, service = ThrowingComponent.class)
    public static final class ThrowingComponent {
        /** Throws. */
        @Activate
        public ThrowingComponent() {
            throw new IllegalStateException("the component has no luck");
        }
    }

    /** A component whose class needs one that is not in the jar. */
    @Component(immediate = true, service = Incomplete.class)
    public static final class Incomplete {
        /** Looks for the other class. */
        @Activate
        public Incomplete() {
            Absent.call();
        }
    }

    /** What is left out of the jar. */
    static final class Absent {
        private Absent() {}

        static void call() {
            throw new IllegalStateException("This class is in the jar.");
        }
    }

    /** A health check that is not content. */
    @Component
    public static final class Sick implements HealthCheck {
        @Override
        public Result execute() {
            return new Result(Result.Status.CRITICAL, "the shelves are empty");
        }
    }

    /** The route that the plugin has already. */
    @Component
    public static final class SecondRoute implements RouteProvider {
        @Override
        public List<Route> routes() {
            return List.of(Route.get("/version", request -> Response.text("mine")));
        }
    }
}
