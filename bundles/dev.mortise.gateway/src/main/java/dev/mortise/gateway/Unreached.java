// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.kernel.port.RemoteFault;

/** Thrown by the handlers that send calls elsewhere, when the instance there did not do what was asked. */
final class Unreached extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Outcome.Last instead;
    private final RemoteFault.Kind how;
    private final boolean watched;

    /**
     * Says how far the call came.
     *
     * @param instead what the caller gets when no other instance is tried
     */
    Unreached(Outcome.Last instead, RemoteFault.Kind how) {
        this(instead, how, false);
    }

    /** Says it of an instance that somebody else watches, or does not. */
    Unreached(Outcome.Last instead, RemoteFault.Kind how, boolean watched) {
        super("unreached", null, false, false);
        this.instead = instead;
        this.how = how;
        this.watched = watched;
    }

    /**
     * Answers what a call came to whose time is over: what ended it may be the end of its time, whatever that looked like,
     * and no other instance is tried. A bound of this process is told as such.
     *
     * @param late what its caller is told when nothing else is known
     */
    Outcome late(MountedRoute route, Refusal late) {
        if (how == RemoteFault.Kind.BUSY || instead instanceof Outcome.Answered) {
            return missed(route);
        }
        return how == RemoteFault.Kind.LATE ? instead : late;
    }

    Missed missed(MountedRoute route) {
        return new Missed(route, instead, how, how == RemoteFault.Kind.BUSY, watched);
    }
}
