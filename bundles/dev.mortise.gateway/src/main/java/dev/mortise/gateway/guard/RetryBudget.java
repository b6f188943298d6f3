// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.gateway.guard.GuardSettings.RetrySettings;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Bounds the retries of calls to one service to a share of its calls, so that one that is down does not get more calls
 * than it would without retries and its callers do not make a storm.
 */
public final class RetryBudget {
    private static final int ONE = 100;

    private final Supplier<RetrySettings> settings;
    // In hundredths of a retry.
    private final AtomicInteger left;

    /** Makes a budget with its reserve; it grows by so many hundredths of a retry with each call as are in percent. */
    public RetryBudget(Supplier<RetrySettings> settings) {
        this.settings = settings;
        this.left = new AtomicInteger(settings.get().reserve() * ONE);
    }

    /** Takes note of a call that is no retry. */
    public void earn() {
        RetrySettings now = settings.get();
        int most = now.savings() * ONE;
        if (left.get() < most) {
            left.getAndUpdate(saved -> Math.max(saved, Math.min(most, saved + now.percent())));
        }
    }

    /** Takes one retry out; false when there is none left. */
    public boolean spend() {
        return left.getAndUpdate(now -> now < ONE ? now : now - ONE) >= ONE;
    }
}
