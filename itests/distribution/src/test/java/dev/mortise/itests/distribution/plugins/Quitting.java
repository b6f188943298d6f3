// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;

/** A plugin that stops its own bundle, past Mortise, and does not end before the nurse says how bad it is. */
public final class Quitting implements BundleActivator, RouteProvider {
    @Override
    public void start(BundleContext context) {
        context.registerService(RouteProvider.class, new Quitting(), new Hashtable<>());
    }

    @Override
    public void stop(BundleContext context) {
        while (!"CRITICAL".equals(System.getProperty(Nurse.FINDING))) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/presence", request -> Response.text("here")), Route.post("/quit", request -> {
            new Thread(Quitting::quit, "quitting").start();
            return Response.text("bye");
        }));
    }

    private static void quit() {
        try {
            FrameworkUtil.getBundle(Quitting.class).stop();
        } catch (BundleException e) {
            throw new IllegalStateException(e);
        }
    }
}
