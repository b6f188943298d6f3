// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.leak.LeakLimits;
import dev.mortise.host.leak.LeakWatch;
import dev.mortise.host.runtime.RuntimeLimits.TenantLimits;
import dev.mortise.host.services.ServiceHooks;
import dev.mortise.host.tenancy.Policy;
import dev.mortise.host.tenancy.Tenancy;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.PluginDatabase;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.PluginJar;
import dev.mortise.testkit.port.MapTenantDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.felix.framework.Felix;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.service.component.runtime.ServiceComponentRuntime;

/** A real framework with real declarative services, in which the test's class path plays the platform bundles. */
final class Container implements AutoCloseable {
    private static final List<String> SHARED = List.of(
            "dev.mortise.api.auth;version=1.0.0",
            "dev.mortise.api.call;version=1.0.0",
            "dev.mortise.api.data;version=1.1.0",
            "dev.mortise.api.error;version=1.0.0",
            "dev.mortise.api.http;version=1.0.0",
            "dev.mortise.api.json;version=1.0.0",
            "dev.mortise.api.lifecycle;version=1.0.0",
            "dev.mortise.api.service;version=1.0.0",
            "dev.mortise.host.platform;version=1.0.0",
            "org.apache.felix.hc.api;version=2.0.0",
            "org.osgi.service.component;version=1.5.1",
            "org.osgi.service.component.runtime;version=1.5.1",
            "org.osgi.service.component.runtime.dto;version=1.5.1",
            "org.osgi.service.condition;version=1.0.0",
            "org.osgi.util.function;version=1.2.0",
            "org.osgi.util.promise;version=1.3.0");

    final MapTenantDirectory tenants = new MapTenantDirectory();
    final Tenancy tenancy = new Tenancy(
            new Tenancy.Sources(() -> HostSnapshot.EMPTY, Optional::empty, () -> Optional.of(tenants)),
            Policy.ALL,
            Duration.ofSeconds(5),
            Runnable::run);
    final List<PluginServices> suppliers = new CopyOnWriteArrayList<>();
    final List<String> migrated = new CopyOnWriteArrayList<>();
    volatile ArtifactBytes bytes = digest -> true;
    final BundleRuntime runtime;
    final BundleContext context;
    final LeakWatch leaks;

    private final Felix framework;
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, Container::timerThread);
    private final Path folder;
    private final List<Started> started = new ArrayList<>();

    Container(Path folder, Duration step) throws Exception {
        this.folder = folder;
        framework = new Felix(properties(folder));
        framework.start();
        context = framework.getBundleContext();
        context.installBundle("reference:" + jar("org.apache.felix.scr").toUri())
                .start();
        var components = context.getServiceReference(ServiceComponentRuntime.class);
        leaks = new LeakWatch(
                timer,
                timer,
                new LeakLimits(true, Duration.ofSeconds(1), Duration.ofMillis(1), 100, folder),
                List.of(new WiringHolders(context)));
        runtime = new BundleRuntime(
                new RuntimePorts(
                        context,
                        context.getService(components),
                        new RuntimePorts.Platform(
                                () -> Optional.of(new NotedDatabase(migrated)),
                                () -> Optional.of(tenants),
                                () -> suppliers,
                                Optional::empty,
                                tenancy),
                        digest -> bytes.bring(digest),
                        leaks,
                        timer),
                limits(step));
        ServiceHooks.register(context);
        runtime.open();
    }

    private static RuntimeLimits limits(Duration step) {
        return new RuntimeLimits(
                step,
                Duration.ofMillis(300),
                Duration.ofMillis(300),
                Duration.ofMillis(50),
                Duration.ofMillis(500),
                new TenantLimits(
                        Duration.ofMillis(1500),
                        Duration.ofMillis(300),
                        Duration.ofMillis(400),
                        Duration.ofMillis(300),
                        2,
                        3,
                        Duration.ofMinutes(5),
                        2));
    }

    /** One plugin version that was started, and what it told. */
    final class Started {
        final Running running;
        private final Artifact artifact;
        private final BlockingQueue<RunReport> reports = new LinkedBlockingQueue<>();

        private Started(Artifact artifact) {
            this.artifact = artifact;
            this.running = runtime.start(artifact, PluginDatabase.Reach.ALL, reports::add);
        }

        /** Answers the next report that is no phase. */
        RunReport next() throws InterruptedException {
            RunReport report;
            do {
                report = reports.poll(20, TimeUnit.SECONDS);
                if (report == null) {
                    throw new AssertionError("Nothing is heard of " + artifact.identity());
                }
            } while (report instanceof RunReport.Phase || report instanceof RunReport.Entered);
            return report;
        }

        String failure() throws InterruptedException {
            return next() instanceof RunReport.Failed failed ? failed.problem().message() : "it did not fail";
        }

        void awaitServing() throws InterruptedException {
            RunReport report = next();
            if (!(report instanceof RunReport.Serving)) {
                throw new AssertionError("It does not serve: " + report);
            }
        }

        void end() throws Exception {
            running.retire().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }

        Bundle bundle() {
            return Arrays.stream(context.getBundles())
                    .filter(bundle ->
                            bundle.getLocation().contains(artifact.digest().hex()))
                    .findFirst()
                    .orElseThrow();
        }
    }

    Started start(PluginBuilder plugin, Class<?>... classes) {
        return start(plugin, plugin.jar().withClasses(classes));
    }

    Started start(PluginBuilder plugin, PluginJar jar) {
        return start(plugin, jar, jar.writeTo(next()));
    }

    /** Starts a plugin whose bytes lie elsewhere than the store says. */
    Started startWithout(PluginBuilder plugin, Path elsewhere) {
        PluginJar jar = plugin.jar();
        jar.writeTo(elsewhere);
        return start(plugin, jar, next());
    }

    private Path next() {
        return folder.resolve(started.size() + ".jar");
    }

    private Started start(PluginBuilder plugin, PluginJar jar, Path file) {
        int number = started.size();
        String promised = String.valueOf(promises(jar));
        Artifact artifact = new Artifact(
                new Digest("%064x".formatted(number + 1)),
                file,
                plugin.manifest(),
                List.of(),
                promised.contains("MigrationSource") ? Set.of("dev.mortise.api.data.MigrationSource") : Set.of(),
                List.of());
        Started one = new Started(artifact);
        started.add(one);
        return one;
    }

    long pluginBundles() {
        return Stream.of(context.getBundles())
                .filter(bundle -> bundle.getLocation().startsWith("mortise:"))
                .count();
    }

    @Override
    public void close() throws Exception {
        runtime.close();
        leaks.close();
        framework.stop();
        framework.waitForStop(10_000);
        timer.shutdownNow();
    }

    /** Made by whoever schedules first, which may be a plugin. */
    private static Thread timerThread(Runnable task) {
        Thread thread = new Thread(task, "timer");
        thread.setContextClassLoader(Container.class.getClassLoader());
        return thread;
    }

    private static String promises(PluginJar jar) {
        try (var in = new java.util.jar.JarInputStream(new java.io.ByteArrayInputStream(jar.bytes()))) {
            return in.getManifest().getMainAttributes().getValue("Provide-Capability");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, Object> properties(Path folder) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(Constants.FRAMEWORK_STORAGE, folder.resolve("cache").toString());
        properties.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        properties.put(Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA, String.join(",", SHARED));
        properties.put("felix.log.level", "1");
        return properties;
    }

    private static Path jar(String library) {
        return Arrays.stream(System.getProperty("java.class.path").split(java.io.File.pathSeparator, -1))
                .filter(entry -> Path.of(entry).getFileName().toString().startsWith(library + "-"))
                .map(Path::of)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(library + " is not on the class path"));
    }

    private record NotedDatabase(List<String> migrated) implements PluginDatabase {
        @Override
        public Outcome migrate(PluginIdentity plugin, List<dev.mortise.api.data.Migration> migrations, Reach reach) {
            migrations.forEach(migration -> migrated.add(plugin.id() + ":" + migration.description()));
            return new Outcome.Migrated(migrations.size(), 0);
        }

        @Override
        public List<Applied> history(dev.mortise.kernel.model.PluginId plugin) {
            return List.of();
        }
    }
}
