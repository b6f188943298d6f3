// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the retries of calls to one service to a share of its calls, so that one that is down does not get more calls
 * than it would without retries and its callers do not make a storm.
 */
public final class RetryBudget {
    private static final int ONE = 100;
    private static final int RESERVE = 3 * ONE;
    private static final int MOST = 10 * ONE;

    private final int percent;
    // In hundredths of a retry.
    private final AtomicInteger left = new AtomicInteger(RESERVE);

    /** Makes a budget that grows by so many hundredths of a retry with each call. */
    public RetryBudget(int percent) {
        this.percent = percent;
    }

    /** Takes note of a call that is no retry. */
    public void earn() {
        if (left.get() < MOST) {
            left.getAndUpdate(now -> Math.min(MOST, now + percent));
        }
    }

    /** Takes one retry out; false when there is none left. */
    public boolean spend() {
        return left.getAndUpdate(now -> now < ONE ? now : now - ONE) >= ONE;
    }
}
