// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.kernel.model.RuntimeDeclaration.Scope;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.WorkerFleet;
import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.Order;
import dev.mortise.kernel.port.WorkerProcesses.Supplies;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The processes of one plugin version. */
final class Fleet implements WorkerFleet {
    private final Crew crew;
    private final Taking taking;
    private final Watch watch;
    private final Errands errands;
    private final boolean perTenant;
    private final Consumer<Fleet> over;

    // guarded by the crew's lock
    private @Nullable CompletableFuture<Void> end;

    /**
     * Starts nothing yet.
     *
     * @param over is told once, when it is retired and its last process is gone
     */
    Fleet(Parts parts, Order order, Supplies supplies, Runnable changed, Consumer<Fleet> over) {
        crew = new Crew(parts, order, supplies, changed);
        taking = new Taking(crew);
        watch = new Watch(crew);
        errands = new Errands(crew);
        perTenant = order.manifest().runtime().scope() == Scope.TENANT;
        this.over = over;
        parts.meters()
                .show(
                        crew,
                        crew.plugin.id().value(),
                        () -> count(member -> member.running != null),
                        () -> crew.waiting);
    }

    private double count(java.util.function.Predicate<Member> which) {
        crew.lock.lock();
        try {
            return crew.members().stream().filter(which).count();
        } finally {
            crew.lock.unlock();
        }
    }

    void look() {
        watch.look();
    }

    private Optional<String> key(Optional<String> tenant) {
        return perTenant ? tenant : Optional.empty();
    }

    @Override
    public Taken take(Optional<String> tenant, long deadlineNanos) throws RemoteFault {
        if (perTenant && tenant.isEmpty()) {
            String sentence = crew.sentence("It has a process for each tenant, and this call has no tenant.");
            throw new RemoteFault(RemoteFault.Kind.NEVER_SENT, sentence, new IllegalStateException(sentence));
        }
        return taking.take(key(tenant), deadlineNanos);
    }

    @Override
    public CompletableFuture<Surface> start(Optional<String> tenant) {
        if (perTenant && tenant.isEmpty()) {
            return CompletableFuture.failedFuture(crew.fault("It has a process for each tenant, and none is named."));
        }
        List<CompletableFuture<Surface>> all = new ArrayList<>();
        crew.lock.lock();
        try {
            Group group = crew.group(key(tenant));
            group.members.forEach(member -> all.add(crew.begin(group, member)));
        } finally {
            crew.lock.unlock();
        }
        crew.tell();
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
                .thenApply(done -> all.get(0).join());
    }

    @Override
    public CompletableFuture<Void> disable(String tenant) {
        if (!perTenant) {
            return errands.disable(tenant);
        }
        List<CompletableFuture<Void>> all = new ArrayList<>();
        crew.lock.lock();
        try {
            Group group = crew.groups.remove(Optional.of(tenant));
            if (group != null) {
                group.members.forEach(
                        member -> all.add(crew.leave(member, "Its tenant disabled it.", Optional.of(tenant))));
            }
        } finally {
            crew.lock.unlock();
        }
        crew.tell();
        return all(all);
    }

    @Override
    public CompletableFuture<Void> update(String tenant, TenantPart part) {
        return errands.update(key(Optional.of(tenant)), tenant, part, false);
    }

    @Override
    public CompletableFuture<Void> connected(String tenant, TenantPart part) {
        return errands.update(key(Optional.of(tenant)), tenant, part, true);
    }

    @Override
    public void renew(Handover given, String credential) {
        errands.renew(given, credential);
    }

    @Override
    public CompletableFuture<Optional<AuthVerdict>> validateAuth(String tenant, TenantPart part) {
        return start(Optional.of(tenant))
                .thenCompose(surface -> errands.validateAuth(key(Optional.of(tenant)), tenant, part));
    }

    @Override
    public CompletableFuture<Optional<String>> metadata() {
        return errands.metadata();
    }

    static CompletableFuture<Void> all(List<CompletableFuture<Void>> all) {
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new));
    }

    @Override
    public CompletableFuture<Void> command(Command command, Optional<String> tenant, Optional<Integer> instance) {
        if (!perTenant && tenant.isPresent()) {
            return refused(ErrorCode.CONFLICT, "has processes for all tenants together. Leave the tenant out.");
        }
        List<CompletableFuture<Void>> all = new ArrayList<>();
        crew.lock.lock();
        try {
            for (Group group : ordered(tenant)) {
                for (Member member : group.members) {
                    if (instance.isEmpty() || instance.get() == member.slot.instance()) {
                        all.add(carryOut(command, group, member));
                    }
                }
            }
        } finally {
            crew.lock.unlock();
        }
        crew.tell();
        return all.isEmpty() ? refused(ErrorCode.NOT_FOUND, nobody(instance)) : all(all);
    }

    private String nobody(Optional<Integer> instance) {
        return instance.filter(number -> number >= crew.instances)
                .map(number -> "has no process " + number + ": it has " + crew.instances
                        + " for the same tenants, counted from 0. 'workers' lists them.")
                .orElseGet(
                        () -> "has no process yet. That of a tenant is started by its first call, or by 'worker start "
                                + crew.plugin.id() + " --tenant <tenant>'.");
    }

    private CompletableFuture<Void> refused(ErrorCode code, String what) {
        return CompletableFuture.failedFuture(new MortiseException(code, "Plugin '" + crew.plugin.id() + "' " + what));
    }

    private List<Group> ordered(Optional<String> tenant) {
        if (perTenant && tenant.isEmpty()) {
            return List.copyOf(crew.groups.values());
        }
        return List.of(crew.group(key(tenant)));
    }

    private CompletableFuture<Void> carryOut(Command command, Group group, Member member) {
        member.held = command == Command.STOP;
        if (command == Command.STOP) {
            return crew.leave(member, "An operator stopped it.", Optional.empty());
        }
        member.backoff.reset();
        if (command == Command.RESTART) {
            var unused = crew.leave(member, "It is being restarted.", Optional.empty());
        }
        return crew.begin(group, member).thenAccept(ready -> {});
    }

    @Override
    public List<Worker> workers() {
        List<Snapshot> all;
        crew.lock.lock();
        try {
            all = crew.members().stream().map(Snapshot::of).toList();
        } finally {
            crew.lock.unlock();
        }
        return all.stream()
                .map(one -> one.worker(crew.plugin, crew.parts.ledger().node()))
                .toList();
    }

    @Override
    public CompletionStage<Void> retire() {
        crew.lock.lock();
        try {
            CompletableFuture<Void> before = end;
            if (before != null) {
                return before.copy();
            }
            crew.retired = true;
            List<CompletableFuture<Void>> all = new ArrayList<>();
            crew.members().forEach(member -> all.add(crew.leave(member, "It runs no more.", Optional.empty())));
            CompletableFuture<Void> gone = all(all);
            end = gone;
            var unused = gone.thenRun(() -> {
                crew.parts.meters().hide(crew);
                over.accept(this);
            });
            return gone.copy();
        } finally {
            crew.lock.unlock();
        }
    }
}
