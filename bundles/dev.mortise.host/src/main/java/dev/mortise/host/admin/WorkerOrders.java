// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.admin.Workers;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.TenantDirectory;
import dev.mortise.kernel.port.TenantDirectory.Tenant;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerFleet.Command;
import dev.mortise.kernel.port.WorkerFleet.Worker;
import dev.mortise.kernel.port.WorkerProcesses;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Tells of the processes of plugins, and takes orders about them.
 *
 * @param fleets the processes of each version of a plugin that has some
 * @param served the tenants that a plugin is enabled for
 */
public record WorkerOrders(
        Supplier<HostSnapshot> snapshots,
        Supplier<Optional<WorkerProcesses>> processes,
        Function<PluginId, List<WorkerFleet>> fleets,
        Supplier<Optional<TenantDirectory>> tenants,
        Function<PluginId, List<TenantId>> served)
        implements Workers {
    /** A process is stopped in three steps, and may have to be started after that. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Comparator<Worker> IN_ORDER = Comparator.comparing(Worker::plugin)
            .thenComparing(worker -> worker.tenant().orElse(""))
            .thenComparing(Worker::instance);

    @Override
    public List<Worker> list() {
        return processes.get().map(WorkerProcesses::workers).orElseGet(List::of).stream()
                .map(this::named)
                .sorted(IN_ORDER)
                .toList();
    }

    @Override
    public List<Worker> find(PluginId plugin, Optional<String> tenant, Optional<Integer> instance) {
        return Workers.super.find(plugin, tenant.map(this::slug), instance);
    }

    @Override
    public List<Worker> command(PluginId plugin, Command command, Optional<String> tenant, Optional<Integer> instance) {
        PluginState state = snapshots
                .get()
                .speaker(plugin)
                .map(VersionView::state)
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.PLUGIN_NOT_FOUND,
                        "There is no plugin '" + plugin + "' here. 'plugins' lists those there are."));
        List<WorkerFleet> all = fleets.apply(plugin);
        if (all.isEmpty()) {
            throw new MortiseException(ErrorCode.CONFLICT, noProcess(plugin, state));
        }
        Optional<String> id = tenant.map(named -> id(plugin, named));
        await(CompletableFuture.allOf(
                all.stream().map(fleet -> fleet.command(command, id, instance)).toArray(CompletableFuture<?>[]::new)));
        return find(plugin, Optional.empty(), Optional.empty());
    }

    private static String noProcess(PluginId plugin, PluginState state) {
        return state.serves()
                ? "Plugin '%s' has no process: it does not run as 'worker'. 'move %s worker' moves it, if its plugin.json lists that."
                        .formatted(plugin, plugin)
                : "Plugin '%s' has no process: it is %s. 'why %s' says why.".formatted(plugin, state, plugin);
    }

    private static void await(CompletableFuture<Void> done) {
        try {
            done.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof MortiseException refused
                    ? refused
                    : new MortiseException(ErrorCode.INTERNAL, "The order failed: " + e.getCause() + ".", e);
        } catch (TimeoutException e) {
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "The order is not done after " + PATIENCE.toSeconds() + " s. 'workers' shows how it goes on.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The order is not awaited any more.", e);
        }
    }

    private String id(PluginId plugin, String named) {
        TenantId id = tenants.get()
                .flatMap(all -> all.find(named))
                .map(Tenant::id)
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.NOT_FOUND, "There is no tenant '" + named + "'. 'tenants' lists those there are."));
        if (!served.apply(plugin).contains(id)) {
            throw new MortiseException(
                    ErrorCode.CONFLICT,
                    "Plugin '%s' does not serve tenant '%s', so it has no process for it. 'enable %s %s' enables it there."
                            .formatted(plugin, named, named, plugin));
        }
        return id.value();
    }

    private String slug(String idOrSlug) {
        return tenants.get()
                .flatMap(all -> all.find(idOrSlug))
                .map(Tenant::slug)
                .orElse(idOrSlug);
    }

    /** People know tenants by their slugs. */
    private Worker named(Worker one) {
        Optional<String> slug = one.tenant().map(this::slug);
        return new Worker(
                one.plugin(),
                one.version(),
                slug,
                one.instance(),
                one.node(),
                one.port(),
                one.pid(),
                one.state(),
                one.reason(),
                one.restarts(),
                one.nextTryAt(),
                one.startedAt(),
                one.rssBytes());
    }
}
