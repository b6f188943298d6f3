// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;

/** Carries calls to instances in other processes, over HTTP. Implemented by process, used by the gateway. */
public interface RemoteCalls {
    /**
     * Judges where an instance says that it is, before anything is sent there: scheme, and the address that its name stands
     * for now. The peer stays with that address, whatever the name stands for later. Looks names up, so it may block for
     * seconds.
     */
    Judgement judge(String baseUrl);

    /**
     * Judges where a server of somebody else is, that a plugin names: anywhere but where no call goes; without TLS only on this
     * machine and where instances may be.
     */
    Judgement judgeServer(String baseUrl);

    /**
     * Sends a request and answers when the status and fields of the answer are there. The body of the answer is read while
     * it comes, on the reader's thread, and its stream must be read to its end or closed, which ends the call; reading
     * throws DEADLINE_EXCEEDED when it is late. Redirects are answered, never followed. A streaming body of the request is
     * read on another thread, and is not touched before there is a connection; what reading it throws is thrown here, an
     * {@link java.io.IOException} in an {@link java.io.UncheckedIOException}. A thread that is interrupted gives the call
     * up and stays interrupted.
     *
     * @throws RemoteFault when there is no answer
     * @throws IllegalArgumentException when target or fields are none of HTTP; nothing was sent then
     */
    Response send(Peer peer, Outgoing request) throws RemoteFault;

    /** What judging an address came to. */
    sealed interface Judgement {
        /** Calls may go there. */
        record Good(Peer peer) implements Judgement {}

        /** Calls may not go there; {@code reason} is a sentence for whoever named the address. */
        record Refused(String reason) implements Judgement {}
    }

    /** Where an instance is: one address, and the connections to it. */
    interface Peer extends AutoCloseable {
        /** Answers its URL as it was announced, without a slash at the end. */
        String baseUrl();

        /** Lets its idle connections go; calls that are under way end by themselves. */
        @Override
        void close();
    }

    /**
     * What is sent.
     *
     * @param target path and query, percent-encoded, to be put after the path of the base URL
     * @param headers all fields but those that the connection makes itself; what is meant for one hop is left out
     * @param deadlineNanos when waiting ends, on the scale of {@link System#nanoTime}: for the whole answer, or for the
     *     head of one that streams, whose body only may not be silent for longer than configured
     * @param streaming whether the answer may go on for as long as it likes
     */
    record Outgoing(String method, String target, Headers headers, Body body, long deadlineNanos, boolean streaming) {}
}
