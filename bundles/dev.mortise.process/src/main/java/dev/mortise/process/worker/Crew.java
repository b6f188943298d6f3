// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.WorkerFleet.Surface;
import dev.mortise.kernel.port.WorkerProcesses.Order;
import dev.mortise.kernel.port.WorkerProcesses.Supplies;
import dev.mortise.kernel.port.WorkerRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The members of a fleet, how they come and how they go. What says so is called with the lock; the rest takes it. */
final class Crew {
    private static final Logger LOG = LoggerFactory.getLogger(Crew.class);

    final ReentrantLock lock = new ReentrantLock();
    final Condition changed = lock.newCondition();
    final Map<Optional<String>, Group> groups = new LinkedHashMap<>();
    final Parts parts;
    final PluginIdentity plugin;

    /** How many processes serve the same tenants. */
    final int instances;

    boolean retired;
    int waiting;

    private final Starter starter;
    private final Ender ender;
    private final Runnable tell;

    Crew(Parts parts, Order order, Supplies supplies, Runnable tell) {
        this.parts = parts;
        plugin = order.manifest().identity();
        instances = order.manifest().runtime().instances();
        starter = new Starter(parts, order, supplies);
        ender = new Ender(parts.talking().calls(), parts.settings());
        this.tell = tell;
    }

    /** Does something with the lock. */
    <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** Does something with the lock. */
    void locked(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Answers the group of a tenant, or of all; made when it is asked for. With the lock. */
    Group group(Optional<String> tenant) {
        return groups.computeIfAbsent(tenant, made -> {
            List<Member> members = new ArrayList<>();
            for (int i = 0; i < instances; i++) {
                members.add(new Member(
                        new Slot(made, i),
                        new Backoff(parts.settings().get().restarts(), () -> ThreadLocalRandom.current()
                                .nextDouble())));
            }
            return new Group(made, members);
        });
    }

    /** Answers all members. With the lock. */
    List<Member> members() {
        return groups.values().stream().flatMap(group -> group.members.stream()).toList();
    }

    /** Starts a member unless it runs or starts. With the lock. */
    CompletableFuture<Surface> begin(Group group, Member member) {
        Running running = member.running;
        if (running != null && !running.leaving) {
            return CompletableFuture.completedFuture(running.surface);
        }
        Start under = member.start;
        if (under != null && !under.cancelled()) {
            return under.result.copy();
        }
        Optional<String> refusal = refusal(member);
        if (refusal.isPresent()) {
            return CompletableFuture.failedFuture(fault(refusal.get()));
        }
        Start start = new Start();
        member.began(start);
        // who waits for the end of another one keeps nobody else from starting
        var unused = member.leaving.thenRun(
                () -> WorkerThreads.run(parts.threads().starts(), () -> run(group, member, start)));
        return start.result.copy();
    }

    /** Answers why a member can not be started, if so. With the lock. */
    Optional<String> refusal(Member member) {
        if (retired) {
            return Optional.of("Version " + plugin.version().text() + " of it runs no more.");
        }
        if (member.held) {
            return Optional.of("An operator stopped it.");
        }
        int max = parts.settings().get().maxPerPlugin();
        long others = members().stream()
                .filter(other -> other != member && other.counts())
                .count();
        return others >= max
                ? Optional.of("It has " + others + " processes, and " + max + " are allowed (workers.max.per.plugin).")
                : Optional.empty();
    }

    MortiseException fault(String reason) {
        return new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, sentence(reason));
    }

    String sentence(String reason) {
        return "Plugin '" + plugin.id() + "' does not run in a process of its own: " + reason;
    }

    private void run(Group group, Member member, Start start) {
        try {
            if (start.cancelled()) {
                throw new StartFailed("It was stopped before it started.");
            }
            ready(group, member, start, starter.start(member.slot, start));
        } catch (StartFailed e) {
            failed(group, member, start, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            failed(group, member, start, "Mortise stops.");
        } catch (RuntimeException | Error e) {
            // an Error too, where no thread can be had: else it would be starting for ever
            LOG.error("{} of plugin '{}' did not start", member.slot, plugin, e);
            failed(group, member, start, "It did not start: " + e);
        }
    }

    private void ready(Group group, Member member, Start start, Running running) {
        if (!takenIn(member, start, running)) {
            ender.end(running, Optional.empty());
            failed(group, member, start, "It was stopped while it started.");
            return;
        }
        LOG.info("plugin={} {} is ready at port {}", plugin, member.slot, running.started.port());
        parts.meters().started(this);
        record(member, running);
        var unused = running.started.child().gone().thenAccept(status -> gone(group, member, running, status));
        start.result.complete(running.surface);
        tell();
        starter.keepClasses();
    }

    private boolean takenIn(Member member, Start start, Running running) {
        lock.lock();
        try {
            if (start.cancelled() || retired) {
                running.leave();
                return false;
            }
            member.ready(running);
            changed.signalAll();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void failed(Group group, Member member, Start start, String why) {
        boolean crash = false;
        lock.lock();
        try {
            if (member.start == start) {
                crash = !retired;
                member.crashed(why, Duration.ZERO, member.wasReady && member.backoff.crashes() > 0);
                group.failures++;
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (crash) {
            LOG.warn("plugin={} {} did not start: {}", plugin, member.slot, why);
            parts.meters().crashed(this);
        }
        start.result.completeExceptionally(fault(why));
        tell();
    }

    private void gone(Group group, Member member, Running running, int status) {
        crashed(
                group,
                member,
                running,
                Ends.sentence(status, running.started.child().lastLine()));
    }

    /** A process is gone or must go, and nobody wanted that. */
    void crashed(Group group, Member member, Running running, String why) {
        lock.lock();
        try {
            if (running.leaving) {
                return; // who ended it looks after the rest
            }
            running.leave();
            member.crashed(why, Duration.ofNanos(System.nanoTime() - running.sinceNanos), true);
            member.leaving = leaving(() -> ender.kill(running));
            LOG.warn("plugin={} {} is gone: {}", plugin, member.slot, why);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        parts.meters().crashed(this);
        tell();
    }

    /**
     * Ends what a member has, if anything. With the lock.
     *
     * @param disabled the tenant that disabled the plugin, if that is why
     * @return completes when it is gone
     */
    CompletableFuture<Void> leave(Member member, String why, Optional<String> disabled) {
        Start start = member.start;
        Running running = member.running;
        member.stopped(why);
        if (start != null) {
            start.cancel();
            member.leaving = leaving(() -> ender.cancel(start));
        }
        if (running != null) {
            running.leave();
            member.leaving = leaving(() -> ender.end(running, disabled));
        }
        changed.signalAll();
        return member.leaving;
    }

    private CompletableFuture<Void> leaving(Runnable ending) {
        CompletableFuture<Void> gone = new CompletableFuture<>();
        WorkerThreads.run(parts.threads().ends(), () -> {
            try {
                ending.run();
            } finally {
                gone.complete(null);
            }
        });
        return gone;
    }

    /** Writes down how a member stands. */
    void record(Member member, @Nullable Running running) {
        if (running == null) {
            return;
        }
        Running.Started started = running.started;
        parts.ledger()
                .put(new WorkerRecords.Entry(
                        started.nonce(),
                        member.slot.tenant(),
                        plugin.id(),
                        member.slot.instance(),
                        new WorkerRecords.Place(
                                parts.ledger().node(),
                                started.port(),
                                started.child().pid().orElse(0L)),
                        new WorkerRecords.Standing(
                                locked(() -> member.state), member.backoff.crashes(), running.since)));
    }

    /** Tells the host that something is otherwise. Without the lock. */
    void tell() {
        try {
            tell.run();
        } catch (RuntimeException e) {
            LOG.error("What changed of plugin '{}' was not taken in", plugin, e);
        }
    }
}
