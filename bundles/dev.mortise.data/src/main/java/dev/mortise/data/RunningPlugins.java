// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.PluginRuns;
import dev.mortise.kernel.port.Routing;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells other nodes which plugin versions this one runs: each in a row that holds for some seconds by the server's clock
 * and is renewed in the background, so that those of a node that was killed end by themselves.
 */
@Component(
        service = {RunningPlugins.class, PluginRuns.class},
        configurationPid = DataConfig.PID)
public final class RunningPlugins implements PluginRuns {
    private static final Logger LOG = LoggerFactory.getLogger(RunningPlugins.class);
    private static final String RECORD = """
            INSERT INTO mortise.running_plugin (node, plugin_id, version, until)
            SELECT ?, p.id, p.version, clock_timestamp() + make_interval(secs => ?)
              FROM unnest(?, ?) p (id, version)
            ON CONFLICT (node, plugin_id, version) DO UPDATE SET until = excluded.until
            """;
    private static final String REMOVE =
            "DELETE FROM mortise.running_plugin WHERE node = ? AND plugin_id = ? AND version = ?";
    // also what nodes left that never came back
    private static final String FORGET = """
            DELETE FROM mortise.running_plugin
             WHERE node = ? OR until < clock_timestamp() - interval '1 day'
            """;
    private static final String ELSEWHERE = """
            SELECT plugin_id || ' ' || version || ' runs on node ' || node FROM mortise.running_plugin
             WHERE plugin_id = ? AND node <> ? AND until > clock_timestamp() ORDER BY node, version LIMIT 1
            """;

    private final PooledDatabase database;
    private final String node;
    private final Duration lease;
    private final Map<PluginIdentity, Integer> held = new ConcurrentHashMap<>();
    private final ScheduledFuture<?> renewal;
    private volatile boolean lost;
    private volatile boolean stopped;

    /** Begins to renew. */
    @Activate
    public RunningPlugins(@Reference OpenDatabase database, @Reference Routing routing, DataConfig config) {
        this(database.opened(), routing.node(), Duration.ofSeconds(config.running_lease_seconds()));
    }

    /** For a database that no other node knows. */
    static RunningPlugins alone(PooledDatabase database) {
        return new RunningPlugins(database, "alone", Duration.ofSeconds(15));
    }

    RunningPlugins(PooledDatabase database, String node, Duration lease) {
        this.database = database;
        this.node = node;
        this.lease = lease;
        forgetOwn();
        long pause = lease.dividedBy(3).toMillis();
        this.renewal = leases().scheduleWithFixedDelay(this::renew, pause, pause, TimeUnit.MILLISECONDS);
    }

    @Override
    public Run runs(PluginIdentity plugin) {
        held.merge(plugin, 1, Integer::sum);
        inBackground(plugin);
        return () -> {
            left(plugin);
            inBackground(plugin);
        };
    }

    /**
     * Records that a plugin version is about to run, before anything is done for it. When this is closed the row holds for
     * as long as it still does: until then the version runs, or it never will.
     */
    Run begins(PluginIdentity plugin) {
        held.merge(plugin, 1, Integer::sum);
        try {
            record(List.of(plugin));
        } catch (RuntimeException e) {
            left(plugin);
            throw e;
        }
        return () -> left(plugin);
    }

    /** The version will not run after all. */
    void fails(PluginIdentity plugin) {
        inBackground(plugin);
    }

    /** Answers where else a plugin runs, as the beginning of a sentence. */
    Optional<String> elsewhere(PluginId plugin) {
        return database.call(
                "it is being asked where plugin '" + plugin + "' runs",
                connection ->
                        Sql.first(connection, row -> "Plugin " + row.getString(1), ELSEWHERE, plugin.value(), node));
    }

    /** Answers how long a row holds without being renewed. */
    Duration lease() {
        return lease;
    }

    /** Answers how many versions this node says that it runs. */
    int count() {
        return held.size();
    }

    /** Renews no more, and takes back what it recorded. */
    @Deactivate
    void stop() {
        stopped = true;
        renewal.cancel(false);
        if (!lost) {
            forgetOwn();
        }
    }

    private ScheduledExecutorService leases() {
        return database.pools().leases();
    }

    private void left(PluginIdentity plugin) {
        held.computeIfPresent(plugin, (same, count) -> count == 1 ? null : count - 1);
    }

    private void inBackground(PluginIdentity plugin) {
        if (!stopped) {
            leases().execute(() -> settled("plugin " + plugin, () -> settle(plugin)));
        }
    }

    /** One after the other, by what is so when its turn has come: so a row is never older than what it tells. */
    private synchronized void settle(PluginIdentity plugin) {
        if (held.containsKey(plugin)) {
            record(List.of(plugin));
        } else if (!stopped) {
            database.call(
                    "plugin '" + plugin.id() + "' is being recorded as not running",
                    connection -> Sql.update(
                            connection,
                            REMOVE,
                            node,
                            plugin.id().value(),
                            plugin.version().toString()));
        }
    }

    private void renew() {
        if (!held.isEmpty()) {
            settled("all plugins", () -> record(held.keySet()));
        }
    }

    private synchronized void record(Collection<PluginIdentity> plugins) {
        if (!stopped) {
            List<PluginIdentity> all = List.copyOf(plugins);
            database.call("running plugins are being recorded", connection -> write(connection, all));
        }
    }

    private int write(Connection connection, List<PluginIdentity> plugins) throws SQLException {
        Object[] ids = plugins.stream().map(plugin -> plugin.id().value()).toArray();
        Object[] versions =
                plugins.stream().map(plugin -> plugin.version().toString()).toArray();
        return Sql.update(
                connection,
                RECORD,
                node,
                lease.toMillis() / 1000.0,
                connection.createArrayOf("text", ids),
                connection.createArrayOf("text", versions));
    }

    private void forgetOwn() {
        settled(
                "what this node ran",
                () -> database.call(
                        "rows of this node are being removed", connection -> Sql.update(connection, FORGET, node)));
    }

    private void settled(String what, Runnable work) {
        try {
            work.run();
            lost = false;
        } catch (MortiseException e) {
            if (!lost) {
                LOG.warn("Other nodes can't be told what runs here ({}): {}", what, e.getMessage());
            }
            lost = true;
        }
    }
}
