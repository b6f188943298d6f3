// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.kernel.call.Unread;
import dev.mortise.kernel.port.RemoteFault;

/** Decides whether a call that missed one instance goes to another one. */
final class Retries {
    private Retries() {}

    /**
     * Tells whether the call may be sent again, and takes it out of the budget then: one that a guard kept out cost nobody
     * anything.
     *
     * @param body of the request; a stream that was begun can't be sent again
     * @param instances the instances that it may go to
     */
    static boolean may(Missed missed, Body body, Instances instances, String tenant, Tries tries) {
        if (missed.how() == RemoteFault.Kind.CUT_SHORT) {
            return false; // nobody waits for an answer any more
        }
        MountedRoute route = missed.route();
        boolean sent = !missed.keptOut() && missed.how() != RemoteFault.Kind.NEVER_SENT;
        if (sent && !(route.idempotent() && body.buffered())) {
            return false;
        }
        if (!instances.another(tenant, tries)) {
            return false;
        }
        OwnerMeters meters = route.owner().meters();
        if (!missed.keptOut() && !instances.budget().spend()) {
            meters.rejected("retry");
            return false;
        }
        meters.retried();
        discard(missed);
        return true;
    }

    /** Gives back what the answer that nobody gets holds. */
    private static void discard(Missed missed) {
        if (missed.instead() instanceof Outcome.Answered answered) {
            Unread.discard(answered.response().body());
        }
    }
}
