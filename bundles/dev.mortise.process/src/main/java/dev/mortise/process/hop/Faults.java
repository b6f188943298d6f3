// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.kernel.port.RemoteFault;
import java.net.SocketTimeoutException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Says in a sentence how far a call came. */
final class Faults {
    private Faults() {}

    static RemoteFault of(boolean neverSent, HopPeer peer, Throwable cause) {
        String bound = neverSent ? bound(cause) : null;
        if (bound != null) {
            return new RemoteFault(RemoteFault.Kind.BUSY, bound, cause);
        }
        if (neverSent) {
            return new RemoteFault(
                    RemoteFault.Kind.NEVER_SENT, "Nothing was sent to " + peer + ": " + reason(cause) + ".", cause);
        }
        if (isTimeout(cause)) {
            return new RemoteFault(RemoteFault.Kind.LATE, peer + " did not answer in time.", cause);
        }
        return new RemoteFault(
                RemoteFault.Kind.LOST, "The call to " + peer + " broke off: " + reason(cause) + ".", cause);
    }

    static RemoteFault cutShort(HopPeer peer, InterruptedException cause) {
        return new RemoteFault(
                RemoteFault.Kind.CUT_SHORT, "The call to " + peer + " was given up by its caller.", cause);
    }

    /** Answers which bound of this process kept a call from its connection, or null when none did. */
    private static @Nullable String bound(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RejectedExecutionException) {
                return "too many calls wait for a connection already (hop.waiting.per.peer)";
            }
            if (cause instanceof Busy busy) {
                return busy.getMessage();
            }
        }
        return null;
    }

    static boolean isTimeout(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TimeoutException || cause instanceof SocketTimeoutException) {
                return true;
            }
        }
        return false;
    }

    static String reason(Throwable failure) {
        String message = failure.getMessage();
        String text = message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
        String plain = plain(text);
        return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
    }

    /** Answers text that neither a log nor a terminal obeys. */
    static String plain(String text) {
        return text.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
