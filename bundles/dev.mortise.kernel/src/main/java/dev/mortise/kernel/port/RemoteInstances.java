// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.util.Optional;

/** Gives the instance in another process that a call goes to. */
public interface RemoteInstances {
    /**
     * Answers an instance that serves the tenant, the least busy of those that are well; starts one if need be and waits
     * for it. The caller gives it back once. Called by threads of requests; an interrupt ends the waiting.
     *
     * @param tenant the tenant of the call, as its id
     * @param deadlineNanos when waiting ends, on the scale of {@link System#nanoTime}
     * @throws RemoteFault NEVER_SENT when there is none, with a sentence for the caller
     */
    Taken take(Optional<String> tenant, long deadlineNanos) throws RemoteFault;

    /** An instance in use by one call. */
    interface Taken {
        /** Where it is called. */
        RemoteCalls.Peer peer();

        /** Signs what the call carries to it. */
        String hopKey();

        /** Gives it back. */
        void done(End end);
    }

    /** How a call ended, as far as it tells something of the instance. */
    enum End {
        /** It was answered. */
        WELL,
        /** It broke off, or was answered with 502, 503 or 504. */
        MISSED,
        /** Nothing of it could be sent: nobody listens there, or not any more. */
        UNREACHED,
        /** It was late. */
        LATE,
        /** Nothing can be told: nothing was sent for a reason of this process, or the caller went away. */
        UNKNOWN
    }
}
