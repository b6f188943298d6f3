// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.model.RuntimeDeclaration.Scope;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.model.VersionRange;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.RemoteInstances.End;
import dev.mortise.kernel.port.RemoteInstances.Taken;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses.Order;
import dev.mortise.process.hop.HopSettings;
import dev.mortise.process.hop.Hops;
import dev.mortise.testkit.call.TestJson;
import dev.mortise.testkit.port.MemoryMeters;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A container as far as processes go: a home, a client for calls, and programs to run. */
final class House implements AutoCloseable {
    final Path home;
    final GivenSupplies supplies = new GivenSupplies();
    final MapRecords records = new MapRecords();
    final MemoryMeters meters = new MemoryMeters();
    final AtomicInteger changes = new AtomicInteger();
    final Workers workers;

    private final Hops hops = new Hops(new HopSettings(
            Duration.ofSeconds(10),
            100,
            new HopSettings.PeerLimits(16, 64),
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            new HopSettings.AnswerLimits(16_384, 65_536, 4 << 20),
            4));
    private final TestKeys keys = new TestKeys();

    House(Path home, TestSettings settings) {
        this.home = home;
        WorkerSettings fixed = settings.in(home);
        WorkerMeters shown = new WorkerMeters();
        shown.use(meters);
        workers = new WorkersMaker(calls(), hops::loopback, keys, TestJson.factory())
                .make(() -> fixed, () -> records, () -> "node-1", shown);
    }

    private RemoteCalls calls() {
        return new RemoteCalls() {
            @Override
            public Judgement judge(String baseUrl) {
                throw new AssertionError("own processes are judged by nobody");
            }

            @Override
            public Response send(Peer peer, Outgoing request) throws RemoteFault {
                return hops.send(peer, request);
            }
        };
    }

    static RuntimeDeclaration tenants(String... command) {
        return runtime(Scope.TENANT, 1, command);
    }

    static RuntimeDeclaration runtime(Scope scope, int instances, String... command) {
        return new RuntimeDeclaration(
                Set.of("worker"), scope, instances, List.of("PATH", "USER"), List.of(command), true, false);
    }

    /** Makes the fleet of a plugin that runs worker.js in a mode. */
    WorkerFleet node(RuntimeDeclaration runtime) throws IOException {
        return fleet(runtime, Map.of("worker.js", resource("worker.js")));
    }

    WorkerFleet node(String mode) throws IOException {
        return node(tenants("node", "worker.js", mode));
    }

    WorkerFleet fleet(RuntimeDeclaration runtime, Map<String, String> files) throws IOException {
        return workers.fleet(order(runtime, files), supplies, changes::incrementAndGet);
    }

    Order order(RuntimeDeclaration runtime, Map<String, String> files) throws IOException {
        Map<String, String> entries =
                new LinkedHashMap<>(Map.of("plugin.json", "{\"id\":\"shop\",\"version\":\"1.0.0\"}"));
        files.forEach((name, text) -> entries.put("worker/" + name, text));
        Path jar = Files.createTempFile(home, "shop", ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return new Order(manifest(runtime), new Digest(String.format("%064x", jar.hashCode())), jar);
    }

    private static PluginManifest manifest(RuntimeDeclaration runtime) {
        return new PluginManifest(
                new PluginId("shop"),
                "Shop",
                new Version("1.0.0"),
                "",
                new VersionRange("*"),
                List.of(),
                List.of(),
                runtime,
                Map.of(),
                ConfigSchema.NONE,
                "{}");
    }

    static String resource(String name) throws IOException {
        try (InputStream source = House.class.getResourceAsStream(name)) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Calls a process as the gateway does, and answers the body of a 200. */
    Map<?, ?> call(WorkerFleet fleet, String tenant, String method, String path, Object body) throws Exception {
        Taken taken = fleet.take(
                Optional.of(tenant), System.nanoTime() + Duration.ofSeconds(30).toNanos());
        End end = End.MISSED;
        try {
            Response answer = hops.send(
                    taken.peer(),
                    new RemoteCalls.Outgoing(
                            method,
                            path,
                            Headers.none(),
                            body.equals("") ? Body.empty() : TestJson.json().write(body),
                            System.nanoTime() + Duration.ofSeconds(30).toNanos(),
                            false));
            end = End.WELL;
            String text = answer.body().text();
            if (answer.status() != 200) {
                throw new AssertionError(path + ": " + answer.status() + " " + text);
            }
            return TestJson.lenient().read(text, Map.class);
        } finally {
            taken.done(end);
        }
    }

    Map<?, ?> tell(WorkerFleet fleet, String tenant) throws Exception {
        return call(fleet, tenant, "GET", "/tell", "");
    }

    @Override
    public void close() {
        workers.close();
        hops.close();
    }
}
