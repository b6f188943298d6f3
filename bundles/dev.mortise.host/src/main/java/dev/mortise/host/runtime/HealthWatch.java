// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the health checks of one plugin version say. They are asked one after the other and never twice at a time: while it
 * starts by the thread of the plugin, later by the rounds. An answer that comes too late counts as none.
 */
final class HealthWatch {
    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    /** A text with a figure in it differs each time: what is no other state is told, and logged, that often. */
    private static final long WORDS_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PluginHandle plugin;
    private final PluginThreads threads;
    private final Duration timeout;
    private final Runnable changed;
    private final AtomicBoolean taken = new AtomicBoolean();
    private volatile List<HealthCheck> checks = List.of();
    private volatile boolean inRounds;
    // The monitor guards all that follows: an interrupt must not hit what the asking thread does next.
    private HealthVerdict verdict = HealthVerdict.HEALTHY;
    private HealthVerdict told = HealthVerdict.HEALTHY;
    private long toldAt = System.nanoTime();
    private Optional<Thread> asking = Optional.empty();
    private long askedAt;
    private boolean late;
    private boolean closed;

    /**
     * Makes a watch.
     *
     * @param timeout until when checks must have answered
     * @param changed is run when the rounds found something else than what was read last
     */
    HealthWatch(PluginHandle plugin, PluginThreads threads, Duration timeout, Runnable changed) {
        this.plugin = plugin;
        this.threads = threads;
        this.timeout = timeout;
        this.changed = changed;
    }

    boolean hasChecks() {
        return !checks.isEmpty();
    }

    /** Something else than a check may say that the plugin is not well: it is looked at anew. Runs on any thread. */
    void lookAgain() {
        changed.run();
    }

    /** Leaves the asking to the rounds. */
    void joinRounds() {
        inRounds = true;
    }

    /** Answers what these checks say: for the thread of the plugin. */
    HealthVerdict of(List<HealthCheck> present) {
        checks = List.copyOf(present);
        if (inRounds) {
            return read();
        }
        long from = System.nanoTime();
        HealthVerdict answer =
                answer(check -> plugin.call("a health check of plugin '" + plugin.id() + "'", check::execute));
        boolean inTime = System.nanoTime() - from < timeout.toNanos();
        return take(inTime ? answer : HealthVerdict.silent(plugin.id(), timeout));
    }

    /** Takes the place of who asks next; answers false when somebody still asks. */
    boolean begin() {
        return hasChecks() && taken.compareAndSet(false, true);
    }

    /** Asks, on a thread of the rounds. */
    void ask() {
        try {
            if (enter()) {
                threads.lend("health", () -> leave(answer(check -> plugin.bound(timeout, check::execute))));
            }
        } finally {
            taken.set(false);
        }
    }

    /** Notices that the checks don't answer; runs on the timer. */
    void lookAtTheClock() {
        synchronized (this) {
            if (late || asking.isEmpty() || System.nanoTime() - askedAt < timeout.toNanos()) {
                return;
            }
            late = true;
            HealthVerdict silent = HealthVerdict.silent(plugin.id(), timeout);
            if (verdict.equals(silent)) {
                return;
            }
            verdict = silent;
        }
        LOG.info(
                "plugin={} its health check did not answer, threads:\n{}",
                plugin.artifact().identity(),
                ThreadDump.of(threads.prefix()));
        changed.run();
    }

    /** Asks no more; waits for who is asked now as long as it may take, and leaves it behind then. */
    synchronized void close() {
        closed = true;
        try {
            long left = askedAt + timeout.toNanos() - System.nanoTime();
            while (asking.isPresent() && left > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left);
                left = askedAt + timeout.toNanos() - System.nanoTime();
            }
        } catch (InterruptedException e) {
            LOG.debug("plugin={} is given up", plugin.artifact().identity());
        }
        asking.ifPresent(Thread::interrupt);
        checks = List.of();
    }

    private synchronized HealthVerdict read() {
        told = verdict;
        toldAt = System.nanoTime();
        return verdict;
    }

    private synchronized HealthVerdict take(HealthVerdict answer) {
        verdict = answer;
        return read();
    }

    private synchronized boolean enter() {
        if (closed) {
            return false;
        }
        asking = Optional.of(Thread.currentThread());
        askedAt = System.nanoTime();
        return true;
    }

    private void leave(HealthVerdict answer) {
        boolean news;
        synchronized (this) {
            asking = Optional.empty();
            boolean unused = Thread.interrupted();
            notifyAll();
            verdict = late ? verdict : answer;
            late = false;
            boolean wordsAreDue = System.nanoTime() - toldAt > WORDS_EVERY_NANOS;
            news = !closed && (verdict.health() != told.health() || (wordsAreDue && !verdict.equals(told)));
        }
        if (news) {
            changed.run();
        }
    }

    /** How code of the plugin is called. */
    private interface Caller {
        Result call(HealthCheck check) throws Exception;
    }

    private HealthVerdict answer(Caller caller) {
        try {
            List<Result> results = new ArrayList<>();
            for (HealthCheck check : checks) {
                results.add(Objects.requireNonNull(caller.call(check), "its health check answered null"));
            }
            return HealthVerdict.of(plugin.id(), results);
        } catch (Overrun e) {
            throw e;
        } catch (Throwable e) {
            return HealthVerdict.broken(plugin.id(), e);
        }
    }
}
