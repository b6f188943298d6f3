// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime.plugins;

import dev.mortise.api.call.CallContexts;
import dev.mortise.api.call.PluginExecutor;
import dev.mortise.api.data.Migration;
import dev.mortise.api.data.MigrationSource;
import dev.mortise.api.http.Response;
import dev.mortise.api.http.Route;
import dev.mortise.api.http.RouteProvider;
import dev.mortise.api.lifecycle.PluginLifecycle;
import dev.mortise.host.platform.Diary;
import dev.mortise.host.platform.Greeter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;

/** The classes of which the tests make plugins; each test takes those that it needs. */
public final class Plugins {
    private Plugins() {}

    /** One route. */
    @Component
    public static final class Things implements RouteProvider {
        @Override
        public List<Route> routes() {
            Diary.note("routes on " + Thread.currentThread().getName() + ", loader is mine: "
                    + (Thread.currentThread().getContextClassLoader() == Things.class.getClassLoader()));
            return List.of(Route.get("/things", request -> Response.text("things")));
        }
    }

    /** One route, with what the container offers. */
    @Component
    public static final class Greetings implements RouteProvider {
        private final Greeter greeter;

        /** Takes what belongs to it. */
        @Activate
        public Greetings(@Reference Greeter greeter, @Reference CallContexts contexts) {
            this.greeter = greeter;
            Diary.note("activated with " + greeter.greet() + ", context "
                    + contexts.find().isPresent());
        }

        @Override
        public List<Route> routes() {
            return List.of(Route.get("/greeting", request -> Response.text(greeter.greet())));
        }
    }

    /** Looks for greeters and routes as a nosy plugin would. */
    @Component(immediate = true)
    public static final class Nosy {
        /** Looks. */
        @Activate
        public Nosy(BundleContext context, @Reference RouteProvider own) throws Exception {
            Diary.note("sees " + count(context, Greeter.class) + " greeters and " + count(context, RouteProvider.class)
                    + " route providers");
        }

        private static int count(BundleContext context, Class<?> type) throws Exception {
            var found = context.getAllServiceReferences(type.getName(), null);
            return found == null ? 0 : found.length;
        }
    }

    /** Migrations of its own. */
    @Component
    public static final class Tables implements MigrationSource {
        @Override
        public List<Migration> migrations() {
            Diary.note("migrations");
            return List.of(Migration.expand(1, "create", "CREATE TABLE x ()"));
        }
    }

    /** Waits for the tables. */
    @Component(immediate = true)
    public static final class NeedsTables {
        /** Takes the condition. */
        @Activate
        public NeedsTables(
                @Reference(target = "(osgi.condition.id=mortise.migrated)") Condition migrated,
                @Reference Greeter greeter) {
            Diary.note("tables are there");
        }
    }

    /** Needs what nobody has. */
    @Component(immediate = true)
    public static final class Lonely {
        /** Waits for ever. */
        @Activate
        public Lonely(@Reference Runnable nobody) {
            nobody.run();
        }
    }

    /** Throws when it is activated at once. */
    @Component(immediate = true)
    public static final class Throwing {
        /** Throws. */
        @Activate
        public Throwing() {
            throw new IllegalStateException("no luck today");
        }
    }

    /** Throws when it is first used. */
    @Component
    public static final class ThrowingLate implements RouteProvider {
        /** Throws. */
        @Activate
        public ThrowingLate() {
            throw new IllegalStateException("no luck later");
        }

        @Override
        public List<Route> routes() {
            return List.of();
        }
    }

    /** Never comes back. */
    public static final class Hanging implements BundleActivator {
        @Override
        public void start(BundleContext context) throws Exception {
            while (true) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException deaf) {
                    boolean unused = Thread.interrupted(); // not into the diary: that may be the next test's by now
                }
            }
        }

        @Override
        public void stop(BundleContext context) {
            Diary.note("never called");
        }
    }

    /** Hooks. */
    @Component
    public static final class Hooks implements PluginLifecycle {
        private final PluginExecutor executor;

        /** Takes an executor. */
        @Activate
        public Hooks(@Reference PluginExecutor executor) {
            this.executor = executor;
        }

        @Override
        public void initialize() throws Exception {
            String thread =
                    executor.submit(() -> Thread.currentThread().getName()).get();
            Diary.note("initialize, executor runs on " + thread.replaceAll("\\d+$", "n"));
        }

        @Override
        public void stop() {
            Diary.note("stop");
        }
    }

    /** A hook that refuses. */
    @Component
    public static final class Refusing implements PluginLifecycle {
        @Override
        public void initialize() {
            throw new IllegalArgumentException("the currency is missing");
        }
    }

    /** A hook that does not let go. */
    @Component
    public static final class Clinging implements PluginLifecycle {
        @Override
        public void stop() throws Exception {
            new CountDownLatch(1).await();
        }
    }

    /** Says what the diary says. */
    @Component
    public static final class Health implements HealthCheck {
        @Override
        public Result execute() {
            return new Result(Result.Status.valueOf(Diary.health), "the diary says so");
        }
    }

    /** Comes back late while the diary wants it to, and notes when it is asked although it has not answered. */
    @Component
    public static final class Slow implements HealthCheck {
        private final AtomicInteger asked = new AtomicInteger();

        @Override
        public Result execute() {
            Diary.note("asked " + asked.incrementAndGet() + " on "
                    + Thread.currentThread().getName());
            try {
                while (Diary.health.equals("SLOW")) {
                    Thread.sleep(5);
                }
            } catch (InterruptedException e) {
                Diary.note("interrupted");
            }
            asked.decrementAndGet();
            return new Result(Result.Status.OK, "the diary says so");
        }
    }

    /** Does not hear an interrupt before the diary says so. */
    @Component
    public static final class Deaf implements HealthCheck {
        @Override
        public Result execute() {
            while (Diary.health.equals("SLOW")) {
                LockSupport.parkNanos(1_000_000);
                boolean unused = Thread.interrupted();
            }
            return new Result(Result.Status.OK, "the diary says so");
        }
    }

    /** Notes each question. */
    @Component
    public static final class Counting implements HealthCheck {
        @Override
        public Result execute() {
            Diary.note("asked");
            return new Result(Result.Status.OK, "well");
        }
    }
}
