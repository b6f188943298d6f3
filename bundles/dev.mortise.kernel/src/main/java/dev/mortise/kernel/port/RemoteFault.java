// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

/** A call to another process had no answer. */
public final class RemoteFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** How far the call came. */
    public enum Kind {
        /** Nothing of the request was sent: it may be sent elsewhere, whatever it asks for. */
        NEVER_SENT,
        /**
         * Nothing was sent, because a bound of this process is reached: it says nothing of the instance. The message names
         * the bound, and no address.
         */
        BUSY,
        /** It was sent, at least in part, and the connection broke or what came back was no HTTP. */
        LOST,
        /** It was sent, and there was no answer in time. */
        LATE,
        /**
         * The thread of its caller was interrupted before the time was over, or did not take what came: it says nothing of
         * the instance.
         */
        CUT_SHORT
    }

    /** Says how far the call came and why it ended. */
    public RemoteFault(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Answers how far the call came. */
    public Kind kind() {
        return kind;
    }
}
