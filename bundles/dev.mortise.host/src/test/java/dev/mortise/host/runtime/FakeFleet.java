// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses;
import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.Order;
import dev.mortise.kernel.port.WorkerProcesses.Supplies;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Processes that only take notes. */
public final class FakeFleet implements WorkerFleet, WorkerProcesses {
    public final List<String> events = new CopyOnWriteArrayList<>();
    final Map<String, Handover> running = new ConcurrentHashMap<>();
    final Map<String, RuntimeState> states = new ConcurrentHashMap<>();
    final List<Route> routes = new ArrayList<>();
    volatile Optional<String> broken = Optional.empty();
    volatile boolean hangs;
    private volatile Supplies supplies = new NoSupplies();
    private volatile Runnable changed = () -> {};

    @Override
    public WorkerFleet fleet(Order order, Supplies given, Runnable listener) {
        supplies = given;
        changed = listener;
        events.add("fleet " + order.manifest().identity());
        return this;
    }

    /** Something happens to the process of a tenant. */
    public void becomes(String tenant, RuntimeState state) {
        states.put(tenant, state);
        changed.run();
    }

    @Override
    public CompletableFuture<Surface> start(Optional<String> tenant) {
        if (hangs) {
            return new CompletableFuture<>();
        }
        if (broken.isPresent()) {
            return CompletableFuture.failedFuture(new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, broken.get()));
        }
        String whose = tenant.orElse("all");
        running.computeIfAbsent(whose, key -> {
            events.add("start " + key);
            return supplies.handover(tenant);
        });
        becomes(whose, RuntimeState.READY);
        return CompletableFuture.completedFuture(new Surface(routes, List.of()));
    }

    @Override
    public CompletableFuture<Void> disable(String tenant) {
        events.add("disable " + tenant);
        Optional.ofNullable(running.remove(tenant)).ifPresent(supplies::release);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> update(String tenant, TenantPart part) {
        events.add("update " + tenant + " " + part.config());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> connected(String tenant, TenantPart part) {
        events.add("connected " + tenant + " " + part.config());
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public void renew(Handover given, String credential) {
        events.add("renew " + given.credential() + " " + credential);
    }

    @Override
    public CompletableFuture<Optional<AuthVerdict>> validateAuth(String tenant, TenantPart part) {
        events.add("validate " + tenant);
        return CompletableFuture.completedFuture(Optional.of(AuthVerdict.invalid("The key is old.")));
    }

    @Override
    public CompletableFuture<Optional<String>> metadata() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    @Override
    public CompletableFuture<Void> command(Command command, Optional<String> tenant, Optional<Integer> instance) {
        events.add(command + " " + tenant.orElse("all")
                + instance.map(number -> " " + number).orElse(""));
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public List<Worker> workers() {
        return states.entrySet().stream()
                .map(entry -> new Worker(
                        "email",
                        "1.0.0",
                        Optional.of(entry.getKey()).filter(tenant -> !tenant.equals("all")),
                        0,
                        "here",
                        15000,
                        Optional.of(17L),
                        entry.getValue(),
                        entry.getValue() == RuntimeState.ERROR ? "It crashed 6 times." : "",
                        0,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))
                .toList();
    }

    @Override
    public CompletionStage<Void> retire() {
        events.add("retire");
        running.values().forEach(supplies::release);
        running.clear();
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public Taken take(Optional<String> tenant, long deadlineNanos) throws RemoteFault {
        throw new UnsupportedOperationException("The gateway takes, and there is none here.");
    }

    private static final class NoSupplies implements Supplies {
        @Override
        public Handover handover(Optional<String> tenant) {
            throw new AssertionError("no fleet was made");
        }

        @Override
        public void release(Handover handover) {
            throw new AssertionError("no fleet was made");
        }
    }
}
