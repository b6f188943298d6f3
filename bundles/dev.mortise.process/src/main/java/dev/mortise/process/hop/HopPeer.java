// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.hop;

import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.process.address.Place;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Consumer;

/** One instance: what was announced, and the address that was judged. Each object has connections of its own. */
final class HopPeer implements Peer {
    private final Place place;
    private final InetSocketAddress address;
    private final URI uri;
    private final Consumer<HopPeer> release;
    private volatile boolean closed;

    HopPeer(Place place, Consumer<HopPeer> release) {
        this.place = place;
        this.address = new InetSocketAddress(place.address(), place.url().port());
        this.uri = URI.create((place.url().secure() ? "https://" : "http://")
                + place.url().host() + ":" + place.url().port());
        this.release = release;
    }

    Place place() {
        return place;
    }

    InetSocketAddress address() {
        return address;
    }

    /** Answers scheme, host and port. */
    URI uri() {
        return uri;
    }

    boolean isClosed() {
        return closed;
    }

    @Override
    public String baseUrl() {
        return place.url().text();
    }

    @Override
    public void close() {
        closed = true;
        release.accept(this);
    }

    @Override
    public String toString() {
        return baseUrl() + " at " + place.address().getHostAddress();
    }
}
