// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.client.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.thread.Scheduler;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a connection, which knows how many bytes it took: a request of which it took none was never sent, however
 * that ended. What was kept since an earlier request is looked at before the next one leaves: a process that is killed closes
 * its sockets, and what is written into one whose other end is closed is taken by the system, and read by nobody.
 */
final class Wire extends SocketChannelEndPoint {
    // guarded by this
    private long taken;
    private int requests;
    private boolean begins;
    private boolean sealed;

    Wire(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Answers the socket below a connection, whatever is between; null when there is none. */
    static @Nullable Wire below(@Nullable Connection connection) {
        if (!(connection instanceof org.eclipse.jetty.io.Connection made)) {
            return null;
        }
        EndPoint below = made.getEndPoint();
        while (below instanceof EndPoint.Wrapper wrapper) {
            below = wrapper.unwrap();
        }
        return below instanceof Wire wire ? wire : null;
    }

    /**
     * A request begins.
     *
     * @param plain whether the peer has nothing to say before it; with TLS it may
     * @return the bytes that were taken before it
     */
    synchronized long begin(boolean plain) {
        begins = plain && requests > 0;
        requests++;
        return taken;
    }

    /** Tells whether more requests than so many began here. */
    synchronized boolean served(int many) {
        return requests > many;
    }

    /** Tells whether no byte was taken since there were so many; if so, none will be. */
    synchronized boolean seal(long before) {
        sealed |= taken == before;
        return taken == before;
    }

    @Override
    public synchronized boolean flush(ByteBuffer... buffers) throws IOException {
        if (sealed || (begins && over())) {
            throw new EofException("The connection was closed before anything was sent.");
        }
        begins = false;
        long here = remaining(buffers);
        try {
            return super.flush(buffers);
        } finally {
            taken += here - remaining(buffers);
        }
    }

    /** Tells whether the peer has closed it, or said something that nobody asked for, which it does before it closes. */
    private boolean over() throws IOException {
        return getChannel().read(ByteBuffer.allocate(1)) != 0;
    }

    private static long remaining(ByteBuffer... buffers) {
        long sum = 0;
        for (ByteBuffer buffer : buffers) {
            sum += buffer.remaining();
        }
        return sum;
    }
}
