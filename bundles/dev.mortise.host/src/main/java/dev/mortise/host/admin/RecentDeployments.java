// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.Deployments;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.port.DeploymentStore;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Answers from memory what happened lately, and from the store what was before. */
public final class RecentDeployments implements Deployments {
    private static final int KEPT = 200;

    private final Supplier<Optional<DeploymentStore>> store;
    // The monitor guards what follows.
    private final TreeMap<String, Deployment> recent = new TreeMap<>();
    private final Map<String, CompletableFuture<Deployment>> awaited = new TreeMap<>();

    /** Makes the answers. */
    public RecentDeployments(Supplier<Optional<DeploymentStore>> store) {
        this.store = store;
    }

    /** Takes a deployment as it is now. */
    public synchronized void show(Deployment deployment) {
        recent.put(deployment.id(), deployment);
        while (recent.size() > KEPT) {
            recent.pollFirstEntry();
        }
        if (deployment.state() != Deployment.State.RUNNING) {
            Optional.ofNullable(awaited.remove(deployment.id())).ifPresent(waiting -> waiting.complete(deployment));
        }
    }

    @Override
    public List<Deployment> newest(int limit) {
        Map<String, Deployment> all = new TreeMap<>(Comparator.reverseOrder());
        stored(limit).forEach(deployment -> all.put(deployment.id(), deployment));
        synchronized (this) {
            all.putAll(recent);
        }
        return all.values().stream().limit(limit).toList();
    }

    @Override
    public Optional<Deployment> find(String id) {
        Optional<Deployment> known = inMemory(id);
        return known.isPresent() ? known : store.get().flatMap(present -> present.deployment(id));
    }

    @Override
    public Optional<Deployment> await(String id, Duration patience) {
        CompletableFuture<Deployment> end;
        synchronized (this) {
            Deployment known = recent.get(id);
            if (known == null || known.state() != Deployment.State.RUNNING) {
                return find(id);
            }
            end = awaited.computeIfAbsent(id, key -> new CompletableFuture<>());
        }
        try {
            return Optional.of(end.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException | ExecutionException e) {
            return find(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return find(id);
        }
    }

    private synchronized Optional<Deployment> inMemory(String id) {
        return Optional.ofNullable(recent.get(id));
    }

    /** A database that is away hides only what is old. */
    private List<Deployment> stored(int limit) {
        try {
            return store.get().map(present -> present.deployments(limit)).orElse(List.of());
        } catch (MortiseException unknownNow) {
            return List.of();
        }
    }
}
