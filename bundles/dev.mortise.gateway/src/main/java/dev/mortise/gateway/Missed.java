// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.port.RemoteFault;

/**
 * One instance did not do what was asked, so another one may be tried.
 *
 * @param route where it missed
 * @param instead what the caller gets when none is
 * @param how how far the call came: what was never sent may be sent elsewhere, whatever it asks for
 * @param keptOut whether a guard, or a bound on connections, did not let it come so far: it says nothing of the instance
 * @param watched whether somebody else watches over the instance, and replaces it when it can't be reached
 */
record Missed(MountedRoute route, Outcome.Last instead, RemoteFault.Kind how, boolean keptOut, boolean watched)
        implements Outcome {
    /** A guard kept the call out. */
    static Missed keptOut(MountedRoute route, Refusal refusal) {
        return new Missed(route, refusal, RemoteFault.Kind.NEVER_SENT, true, false);
    }

    /** Tells whether it counts against the instance; how long it takes is its own matter, whoever watches it. */
    boolean counts() {
        return !keptOut && (!watched || how == RemoteFault.Kind.LATE);
    }
}
