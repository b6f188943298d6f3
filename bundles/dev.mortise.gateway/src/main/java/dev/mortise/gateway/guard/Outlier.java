// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.gateway.guard.GuardSettings.EjectionSettings;

/**
 * Whether one instance of a service is left out of the choice among several, because calls to it failed one after another.
 * Each time that it comes back and fails again it stays out longer; an answer forgives everything.
 */
public final class Outlier {
    private static final int LONGEST = 10;

    private volatile int failures;
    private int times;
    // On the scale of System.nanoTime; read only while it is out.
    private volatile boolean out;
    private volatile long until;

    /** Takes note of the end of a call to it. */
    public void ended(boolean well, EjectionSettings settings, long nowNanos) {
        if (!well) {
            failed(settings, nowNanos);
        } else if (failures > 0) {
            forgive();
        }
    }

    /** Tells whether it is left out now. */
    public boolean out(long nowNanos) {
        return out && until - nowNanos > 0;
    }

    private synchronized void failed(EjectionSettings settings, long nowNanos) {
        failures++;
        // One that comes back is on probation: it fails once, and is out again.
        if (failures >= settings.failures() && !out(nowNanos)) {
            times = Math.min(times + 1, LONGEST);
            until = nowNanos + times * settings.out().toNanos();
            out = true;
        }
    }

    private synchronized void forgive() {
        failures = 0;
        times = 0;
        out = false;
    }
}
