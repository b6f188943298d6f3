// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.RemoteCalls.Outgoing;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.process.address.BaseUrl;
import dev.mortise.process.address.Place;
import java.net.InetAddress;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Calls to peers, and the client for them, which is made for the first one. */
public final class Hops implements AutoCloseable {
    private final HopSettings settings;
    private final @Nullable SSLContext tls;
    private final HopMeters meters = new HopMeters();

    // The monitor guards making and closing; calls read the client without it.
    private volatile @Nullable HopClient client;
    private boolean closed;

    /** Makes no connection and loads nothing of Jetty. */
    public Hops(HopSettings settings) {
        this(settings, null);
    }

    /** Trusts whom a context trusts, in the place of the JVM's. */
    Hops(HopSettings settings, @Nullable SSLContext tls) {
        this.settings = settings;
        this.tls = tls;
    }

    /** Answers where calls are counted. */
    public HopMeters meters() {
        return meters;
    }

    /** Makes the peer at a place. */
    public Peer peer(Place place) {
        return new HopPeer(place, this::release);
    }

    /** Makes the peer that listens at a port of this machine. */
    public Peer loopback(int port) {
        InetAddress address = InetAddress.getLoopbackAddress();
        String host = address.getHostAddress();
        return peer(new Place(new BaseUrl("http://" + host + ":" + port, false, host, port, ""), address));
    }

    /** Sends a request to a peer that this has made. */
    public Response send(Peer peer, Outgoing request) throws RemoteFault {
        HopPeer known = (HopPeer) peer;
        try {
            if (known.isClosed()) {
                throw new RemoteFault(
                        RemoteFault.Kind.NEVER_SENT,
                        "Nothing was sent to " + peer.baseUrl() + ": this instance is no longer called.",
                        new IllegalStateException("closed"));
            }
            return running(known).send(known, request);
        } catch (RemoteFault fault) {
            meters.failed(fault.kind());
            if (fault.kind() == RemoteFault.Kind.LOST) {
                // its other connections may be as dead, and nobody has heard of it yet: a second try asks whether it
                // listens
                release(known);
            }
            throw fault;
        }
    }

    private HopClient running(HopPeer peer) throws RemoteFault {
        HopClient made = client;
        return made == null ? make(peer) : made;
    }

    private synchronized HopClient make(HopPeer peer) throws RemoteFault {
        HopClient made = client;
        if (made == null) {
            if (closed) {
                throw new RemoteFault(
                        RemoteFault.Kind.NEVER_SENT,
                        "Nothing was sent to " + peer.baseUrl() + ": Mortise stops.",
                        new IllegalStateException("closed"));
            }
            made = HopClient.start(settings, tls);
            meters.show(made::openConnections);
            client = made;
        }
        return made;
    }

    private void release(HopPeer peer) {
        HopClient made = client;
        if (made != null) {
            made.release(peer);
        }
    }

    /** Ends calls that are under way and closes every connection. */
    @Override
    public synchronized void close() {
        closed = true;
        HopClient made = client;
        if (made != null) {
            made.close();
        }
        meters.close();
    }
}
