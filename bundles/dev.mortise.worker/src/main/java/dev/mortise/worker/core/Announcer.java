// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import dev.mortise.worker.core.Registration.Announcement;
import dev.mortise.worker.core.Registration.Lease;
import dev.mortise.worker.core.Registration.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an instance announced: for ever where the core is away, anew where it has forgotten the lease, and not at all where it
 * refuses.
 */
public final class Announcer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(60);
    /** What an answer that is on its way may take when this ends. */
    private static final Duration LAST = Duration.ofSeconds(5);

    private final Registration registration;
    private final Announcement announcement;
    private final Consumer<Lease> taken;
    private final Supplier<String> health;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Lease lease;

    /** Opens when the core has answered that is asked for a lease. */
    private volatile CountDownLatch asking = new CountDownLatch(0);

    /**
     * Makes one.
     *
     * @param taken is told of each new lease, before the core sends calls that are signed with its key
     * @param health answers HEALTHY, DEGRADED or UNAVAILABLE
     */
    public Announcer(
            Registration registration, Announcement announcement, Consumer<Lease> taken, Supplier<String> health) {
        this.registration = registration;
        this.announcement = announcement;
        this.taken = taken;
        this.health = health;
    }

    /** Announces until it is closed; answers the problem of a core that refuses, or nothing when it was closed. */
    public Optional<String> run() throws InterruptedException {
        Duration pause = FIRST;
        while (open()) {
            Outcome<Lease> outcome = register();
            if (outcome instanceof Outcome.Refused<Lease> refused) {
                return Optional.of(refused.problem());
            }
            if (outcome instanceof Outcome.Done<Lease> done) {
                pause = FIRST;
                Optional<String> taken = beat(done.value());
                if (taken.isPresent()) {
                    return taken;
                }
            } else {
                LOG.warn(
                        "The core is not there ({}); it is asked again in {} s",
                        ((Outcome.Later<Lease>) outcome).reason(),
                        pause.toSeconds());
                closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
                pause = longer(pause);
            }
        }
        return Optional.empty();
    }

    private Outcome<Lease> register() {
        CountDownLatch answered = new CountDownLatch(1);
        asking = answered;
        try {
            Outcome<Lease> outcome = registration.register(announcement);
            if (outcome instanceof Outcome.Done<Lease> done) {
                take(done.value());
            }
            return outcome;
        } finally {
            answered.countDown();
        }
    }

    /**
     * Waits, but only so long, while the core is asked for a lease: it calls as soon as it has given one, and such a call may
     * be here before the key that it is signed with.
     */
    public void awaitLease(Duration most) {
        try {
            boolean unused = asking.await(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST) > 0 ? LONGEST : twice;
    }

    private void take(Lease fresh) {
        lease = fresh;
        taken.accept(fresh);
        LOG.info("Announced as {}; the core calls {}", fresh.serviceId(), announcement.baseUrl());
    }

    /**
     * Says again and again that the instance is there, until the core does not know it any more; answers the problem when
     * another process has its place, which this one must not take back.
     */
    private Optional<String> beat(Lease current) throws InterruptedException {
        while (!closed.await(current.heartbeat().toMillis(), TimeUnit.MILLISECONDS)) {
            if (told(current) instanceof Outcome.Refused<String> refused) {
                if (refused.taken()) {
                    lease = null;
                    return Optional.of(refused.problem());
                }
                LOG.warn("The core has forgotten this instance; it is announced again");
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** A heartbeat says that all is well, so one that is not available sends none. */
    private Outcome<String> told(Lease current) {
        String own = health.get();
        if (own.equals("UNAVAILABLE")) {
            return registration.health(current, own);
        }
        Outcome<String> beaten = registration.heartbeat(current);
        return beaten instanceof Outcome.Done<String> done && !done.value().equals(own)
                ? registration.health(current, own)
                : beaten;
    }

    private boolean open() {
        return closed.getCount() > 0;
    }

    /** Takes the instance back, so that nobody is sent here any more; also one that is being given its lease. */
    @Override
    public void close() {
        boolean first = open();
        closed.countDown();
        awaitLease(LAST);
        Lease held = lease;
        if (first && held != null) {
            lease = null;
            registration.deregister(held);
        }
    }
}
