// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.gateway.guard.GuardSettings.BreakerSettings;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Leaves an endpoint alone that did not answer in time again and again, and lets some calls see after a while whether it
 * does. A fault of a handler is an answer. Most endpoints are never late, and theirs costs one field.
 */
public final class Breaker {
    private static final float ALL = 100f;

    private final String name;
    private final BreakerSettings settings;
    private volatile @Nullable CircuitBreaker circuit;
    // On the scale of System.nanoTime; read only while it is open.
    private volatile long opened;

    /** Makes a closed breaker. */
    public Breaker(String name, BreakerSettings settings) {
        this.name = name;
        this.settings = settings;
    }

    /** How a breaker stands. */
    public enum State {
        CLOSED,
        /** The next calls see whether the endpoint answers again. */
        HALF_OPEN,
        OPEN
    }

    /** Answers what it guards, such as {@code GET /products}. */
    public String name() {
        return name;
    }

    /** Answers its numbers. */
    public BreakerSettings settings() {
        return settings;
    }

    /** Tells whether a call may go to the endpoint; one that may has to be told of by {@link #ended}. */
    public boolean admits() {
        CircuitBreaker made = circuit;
        return made == null || made.tryAcquirePermission();
    }

    /** Takes note of the end of a call that was admitted. */
    public void ended(boolean inTime) {
        CircuitBreaker made = circuit;
        if (made == null && inTime) {
            return;
        }
        CircuitBreaker counting = made == null ? make() : made;
        if (inTime) {
            counting.onSuccess(0, TimeUnit.NANOSECONDS);
        } else {
            counting.onError(0, TimeUnit.NANOSECONDS, new Late());
        }
    }

    /** Gives back what a call that was admitted, and then not made, would have shown. */
    public void unused() {
        CircuitBreaker made = circuit;
        if (made != null) {
            made.releasePermission();
        }
    }

    /** Answers how it stands. */
    public State state() {
        CircuitBreaker made = circuit;
        if (made == null) {
            return State.CLOSED;
        }
        return switch (made.getState()) {
            // The circuit itself finds out with the next call only, and there may be none.
            case OPEN, FORCED_OPEN -> waited() ? State.HALF_OPEN : State.OPEN;
            case HALF_OPEN -> State.HALF_OPEN;
            default -> State.CLOSED;
        };
    }

    /** Answers in how many seconds to try again, at least 1: when some calls see whether it answers, which they may do now. */
    public long waitSeconds() {
        long left = state() == State.OPEN ? settings.open().toNanos() - (System.nanoTime() - opened) : 0;
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left + TimeUnit.SECONDS.toNanos(1) - 1));
    }

    private boolean waited() {
        return System.nanoTime() - opened >= settings.open().toNanos();
    }

    private synchronized CircuitBreaker make() {
        CircuitBreaker made = circuit;
        if (made == null) {
            made = CircuitBreaker.of(
                    name,
                    CircuitBreakerConfig.custom()
                            .slidingWindowType(SlidingWindowType.COUNT_BASED)
                            .slidingWindowSize(settings.failures())
                            .minimumNumberOfCalls(settings.failures())
                            .failureRateThreshold(ALL)
                            .waitDurationInOpenState(settings.open())
                            .permittedNumberOfCallsInHalfOpenState(settings.probes())
                            .build());
            made.getEventPublisher().onStateTransition(event -> {
                if (event.getStateTransition().getToState() == CircuitBreaker.State.OPEN) {
                    opened = System.nanoTime();
                }
            });
            circuit = made;
        }
        return made;
    }

    /** What counts against an endpoint. */
    private static final class Late extends Exception {
        private static final long serialVersionUID = 1L;

        Late() {
            super("late", null, false, false);
        }
    }
}
