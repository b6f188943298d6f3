// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp.server;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.PluginTools.Source;
import dev.mortise.mcp.tool.ToolServers;
import io.modelcontextprotocol.spec.McpClientTransport;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Speaks to the servers that plugins name, for each tenant over a connection of its own, which ends when nobody uses it. */
public final class ServerClients implements ToolServers {
    private static final Logger LOG = LoggerFactory.getLogger(ServerClients.class);
    private static final long THREAD_IDLE_SECONDS = 10;
    private static final long LOOK_SECONDS = 2;

    private final Roads roads;
    private final Json json;
    private final String version;
    private final ServerLimits limits;
    private final BiPredicate<TenantId, PluginIdentity> served;
    private final ThreadPoolExecutor threads;
    private final ScheduledThreadPoolExecutor clock;
    private volatile BiConsumer<TenantId, PluginId> changed = (tenant, plugin) -> {};
    // The monitor guards both.
    private final Map<Key, Connection> connections = new HashMap<>();
    private boolean looking;

    private record Key(TenantId tenant, PluginIdentity plugin, String server) {}

    /**
     * Speaks by these roads; it has neither thread nor connection before the first server.
     *
     * @param served tells whether a tenant has a plugin now; without it connections end, and programs
     */
    public ServerClients(
            Roads roads, Json json, String version, ServerLimits limits, BiPredicate<TenantId, PluginIdentity> served) {
        this.roads = roads;
        this.json = json;
        this.version = version;
        this.limits = limits;
        this.served = served;
        AtomicInteger number = new AtomicInteger();
        this.threads = new ThreadPoolExecutor(
                0,
                limits.threads(),
                THREAD_IDLE_SECONDS,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                task -> thread(task, "mortise-mcp-" + number.incrementAndGet()));
        this.clock = new ScheduledThreadPoolExecutor(1, task -> thread(task, "mortise-mcp-clock"));
        clock.setKeepAliveTime(THREAD_IDLE_SECONDS, TimeUnit.SECONDS);
        clock.allowCoreThreadTimeOut(true);
    }

    private static Thread thread(Runnable task, String name) {
        Thread thread = new Thread(null, task, name, 0, false);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void whenChanged(BiConsumer<TenantId, PluginId> listener) {
        changed = listener;
    }

    @Override
    public List<String> of(Source plugin) {
        return Declared.of(plugin.manifest(), json).stream().map(Declared::id).toList();
    }

    @Override
    public CompletionStage<List<Map<String, Object>>> list(TenantId tenant, Source plugin, String server) {
        return speak(tenant, plugin, server, connection -> connection.list(limits.tools(), limits.patience()));
    }

    @Override
    public CompletionStage<Map<String, Object>> call(TenantId tenant, Source plugin, Order order) {
        return speak(tenant, plugin, order.server(), connection -> connection.call(order));
    }

    private <T> CompletionStage<T> speak(TenantId tenant, Source plugin, String server, Function<Connection, T> what) {
        Key key = new Key(tenant, plugin.manifest().identity(), server);
        CompletableFuture<T> answer = new CompletableFuture<>();
        try {
            threads.execute(() -> answer(key, plugin, what, answer));
        } catch (RejectedExecutionException e) {
            answer.completeExceptionally(new ServerFault(
                    "All %d threads that speak to servers are taken (servers.threads).".formatted(limits.threads())));
        }
        return answer;
    }

    private <T> void answer(Key key, Source plugin, Function<Connection, T> what, CompletableFuture<T> answer) {
        Connection connection = null;
        try {
            connection = connection(key, plugin);
            answer.complete(what.apply(connection));
        } catch (RuntimeException e) {
            if (connection != null && !(e instanceof ServerFault fault && fault.said())) {
                // the next one begins anew, with another address and another session
                forget(key, connection);
            }
            answer.completeExceptionally(
                    e instanceof ServerFault ? e : new ServerFault("It failed: " + sentence(e), e));
        } finally {
            if (connection != null) {
                connection.leave();
            }
        }
    }

    private static String sentence(Throwable fault) {
        Throwable last = fault;
        while (last.getCause() != null && !(last instanceof ServerFault)) {
            last = last.getCause();
        }
        return Optional.ofNullable(last.getMessage()).orElse(last.getClass().getSimpleName());
    }

    /** Answers a connection that is in use from here on: one that is in the map is not over. */
    private Connection connection(Key key, Source plugin) {
        Optional<Connection> over;
        Connection connection;
        synchronized (this) {
            connections.computeIfPresent(key, (same, held) -> held.ended() ? null : held);
            connection = connections.get(key);
            over = connection == null ? makePlace() : Optional.empty();
            if (connection != null) {
                connection.enter();
            }
        }
        over.ifPresent(ServerClients::retire);
        return connection == null ? connected(key, plugin) : connection;
    }

    private Connection connected(Key key, Source plugin) {
        Declared server = Declared.of(plugin.manifest(), json).stream()
                .filter(one -> one.id().equals(key.server()))
                .findFirst()
                .orElseThrow(() -> new ServerFault("plugin.json names no server '" + key.server() + "'."));
        McpClientTransport transport = roads.to(key.tenant(), plugin, server);
        if (transport instanceof ToolsChanged heard) {
            heard.whenToolsChange(
                    () -> changed.accept(key.tenant(), key.plugin().id()));
        }
        Connection made = new Connection(transport, limits.patience(), version, new KernelMapper(json));
        Connection held;
        synchronized (this) {
            held = connections.computeIfAbsent(key, same -> made);
            held.enter();
            lookSoon();
        }
        if (held != made) {
            end(made); // somebody else was faster
        }
        return held;
    }

    /** Looks while there is anything to look after. Called with the monitor. */
    private void lookSoon() {
        if (!looking && !clock.isShutdown()) {
            looking = true;
            var unused = clock.schedule(this::look, LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }

    private void look() {
        List<Connection> over = new ArrayList<>();
        synchronized (this) {
            looking = false;
            connections.entrySet().removeIf(entry -> {
                boolean ends = entry.getValue().idle(limits.idle())
                        || !served.test(entry.getKey().tenant(), entry.getKey().plugin());
                return ends && over.add(entry.getValue());
            });
            if (!connections.isEmpty()) {
                lookSoon();
            }
        }
        over.forEach(ServerClients::retire);
    }

    private static void retire(Connection connection) {
        try {
            connection.retire();
        } catch (RuntimeException e) {
            LOG.debug("A connection to a server did not end in order", e);
        }
    }

    private static void end(Connection connection) {
        try {
            connection.close();
        } catch (RuntimeException e) {
            LOG.debug("A connection to a server did not end in order", e);
        }
    }

    /** Takes out the one that was not used for the longest time, if there are as many as may be. */
    private Optional<Connection> makePlace() {
        if (connections.size() < limits.most()) {
            return Optional.empty();
        }
        Optional<Connection> oldest = connections.values().stream()
                .max(Comparator.comparing((Connection one) -> !one.inUse()).thenComparing(Connection::idleNanos));
        oldest.ifPresent(connections.values()::remove);
        return oldest;
    }

    private void forget(Key key, Connection connection) {
        synchronized (this) {
            connections.remove(key, connection);
        }
        retire(connection);
    }

    @Override
    public void close() {
        List<Connection> all;
        synchronized (this) {
            all = List.copyOf(connections.values());
            connections.clear();
        }
        clock.shutdownNow();
        all.forEach(ServerClients::end);
        threads.shutdownNow();
    }
}
