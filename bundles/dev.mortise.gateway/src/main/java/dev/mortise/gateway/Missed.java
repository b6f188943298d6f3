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
 */
record Missed(MountedRoute route, Outcome.Last instead, RemoteFault.Kind how, boolean keptOut) implements Outcome {
    /** A guard kept the call out. */
    static Missed keptOut(MountedRoute route, Refusal refusal) {
        return new Missed(route, refusal, RemoteFault.Kind.NEVER_SENT, true);
    }
}
