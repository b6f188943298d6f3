// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;

/**
 * Bounds the retries of calls to one service to a share of its calls, so that one that is down does not get more calls
 * than it would without retries and its callers do not make a storm.
 */
public final class RetryBudget {
    private static final int ONE = 100;
    private static final int RESERVE = 3 * ONE;
    private static final int MOST = 10 * ONE;

    private final IntSupplier percent;
    // In hundredths of a retry.
    private final AtomicInteger left = new AtomicInteger(RESERVE);

    /** Makes a budget that grows by so many hundredths of a retry with each call. */
    public RetryBudget(IntSupplier percent) {
        this.percent = percent;
    }

    /** Takes note of a call that is no retry. */
    public void earn() {
        if (left.get() < MOST) {
            int share = percent.getAsInt();
            left.getAndUpdate(now -> Math.min(MOST, now + share));
        }
    }

    /** Takes one retry out; false when there is none left. */
    public boolean spend() {
        return left.getAndUpdate(now -> now < ONE ? now : now - ONE) >= ONE;
    }
}
