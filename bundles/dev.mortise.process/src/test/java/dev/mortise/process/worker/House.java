// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.api.call.Identity;
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
import dev.mortise.kernel.port.HopTokens;
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
    /** To one process. */
    static final int CONNECTIONS = 16;

    final Path home;
    final GivenSupplies supplies = new GivenSupplies();
    final MapRecords records = new MapRecords();
    final MemoryMeters meters = new MemoryMeters();
    final AtomicInteger changes = new AtomicInteger();
    final Workers workers;

    private final Hops hops = new Hops(new HopSettings(
            Duration.ofSeconds(10),
            100,
            new HopSettings.PeerLimits(CONNECTIONS, 64),
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
            public Judgement judgeServer(String baseUrl) {
                return judge(baseUrl);
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

    /** Makes the fleet of plugin 'shop' with files in its folder worker/. */
    WorkerFleet fleet(RuntimeDeclaration runtime, Map<String, String> files) throws IOException {
        Map<String, String> entries =
                new LinkedHashMap<>(Map.of("plugin.json", "{\"id\":\"shop\",\"version\":\"1.0.0\"}"));
        files.forEach((name, text) -> entries.put("worker/" + name, text));
        return fleet(new PluginId("shop"), runtime, entries);
    }

    /** Makes the fleet of a plugin with entries in its jar. */
    WorkerFleet fleet(PluginId id, RuntimeDeclaration runtime, Map<String, String> entries) throws IOException {
        return workers.fleet(order(id, runtime, entries), supplies, changes::incrementAndGet);
    }

    private Order order(PluginId id, RuntimeDeclaration runtime, Map<String, String> entries) throws IOException {
        Path jar = Files.createTempFile(home, "shop", ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return new Order(manifest(id, runtime), new Digest(String.format("%064x", jar.hashCode())), jar);
    }

    static PluginManifest manifest(PluginId id, RuntimeDeclaration runtime) {
        return new PluginManifest(
                id,
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
        Response answer = send(fleet, "shop", tenant, method, path, body);
        String text = answer.body().text();
        if (answer.status() != 200) {
            throw new AssertionError(path + ": " + answer.status() + " " + text);
        }
        return TestJson.lenient().read(text, Map.class);
    }

    /** Calls a process as the gateway does. */
    Response send(WorkerFleet fleet, String plugin, String tenant, String method, String path, Object body)
            throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        Taken taken = fleet.take(Optional.of(tenant), deadline);
        End end = End.MISSED;
        try {
            Headers fields = Headers.of("X-Mortise-Token", keys.sign(taken.hopKey(), claims(plugin, tenant)));
            Body content = body.equals("") ? Body.empty() : TestJson.json().write(body);
            Response answer =
                    hops.send(taken.peer(), new RemoteCalls.Outgoing(method, path, fields, content, deadline, false));
            end = End.WELL;
            return answer;
        } catch (RemoteFault fault) {
            end = fault.kind() == RemoteFault.Kind.NEVER_SENT ? End.UNREACHED : End.MISSED;
            throw fault;
        } finally {
            taken.done(end);
        }
    }

    /** Signs a call with a key that no process has. */
    String token(String plugin, String tenant) {
        return keys.sign(keys.newKey(), claims(plugin, tenant));
    }

    private static HopTokens.Claims claims(String plugin, String tenant) {
        return new HopTokens.Claims(
                plugin, Identity.ANONYMOUS, Optional.of(tenant), Optional.empty(), "r", 1, Duration.ofSeconds(5));
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
