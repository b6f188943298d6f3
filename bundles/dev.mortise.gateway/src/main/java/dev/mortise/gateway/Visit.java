// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.Taking;
import java.io.IOException;

/** One call on its way through the {@link Gate} to the handler of a route; the gate calls each method once at most. */
interface Visit {
    /** Answers where it goes. */
    MountedRoute route();

    /**
     * Answers what the handler sees. Asked when the call has its place in the plugin.
     *
     * @throws IOException when what the caller sends can't be read
     */
    HandlerRequest request() throws IOException;

    /** Tells whether an earlier try has taken of the rate: a call that is tried again takes nothing more. */
    boolean tookBefore();

    /** Is told what was taken of the rate, whether that lets the call pass or not. */
    void took(Taking taking);

    /** Gives the caller an answer that was kept. */
    Outcome tell(Response kept);

    /** Runs the handler and gives the caller its answer. */
    Outcome handle(HandlerRequest request);

    /** Answers what the outcome of {@link #handle} shows of whom the call went to. */
    Gate.Ending ending(Outcome outcome);
}
