// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import org.eclipse.jetty.http2.ErrorCode;
import org.eclipse.jetty.http2.api.Stream;

/**
 * How fast a client takes an answer over HTTP/2. There a connection on which all moves says nothing of one stream: its
 * client holds that back by flow control (RFC 9113, section 5.2), with a byte now and then for ever.
 */
final class StreamPace implements Taking {
    private static final String KEY = StreamPace.class.getName();
    private static final long NOT_WAITING = Long.MIN_VALUE;

    private final Stream stream;
    /** For whoever asks, one timer. */
    private final Pace pace = new Pace();

    // Each written by one thread at a time: Jetty's flusher, and whoever writes the answer.
    private volatile long taken;
    private volatile long waited;
    private volatile long waitsSince = NOT_WAITING;

    private StreamPace(Stream stream) {
        this.stream = stream;
    }

    static StreamPace of(Stream stream) {
        StreamPace made = new StreamPace(stream);
        stream.setAttribute(KEY, made);
        return made;
    }

    /** Bytes of an answer are on their way, which the client has asked for. */
    static void took(Stream stream, int bytes) {
        if (stream.getAttribute(KEY) instanceof StreamPace pace) {
            long before = pace.taken;
            pace.taken = before + bytes;
        }
    }

    @Override
    public void waits() {
        waitsSince = System.nanoTime();
    }

    @Override
    public void waitsNoMore() {
        long before = waited;
        waited = before + System.nanoTime() - waitsSince;
        waitsSince = NOT_WAITING;
    }

    /** Tells whether the client takes more slowly than it must, all times together in which it was waited for. */
    boolean overdue(long now, long bytesPerSecond) {
        long before = waited; // first: what is added meanwhile would count twice
        long since = waitsSince;
        return since != NOT_WAITING && pace.tooSlow(before + now - since, taken, bytesPerSecond);
    }

    /** Ends the stream, and with it the wait; other streams of the connection go on. */
    void cutOff() {
        Http2.reset(stream, ErrorCode.CANCEL_STREAM_ERROR);
    }
}
