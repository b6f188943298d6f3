// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.port.RefusedExchange;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Optional;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** Tells the gateway, which counts and logs, of what the listener refused in its place. */
record RefusedRequests(GatewaySlot gateway) {
    private static final int TIMEOUT = 408;
    /** What Jetty puts in the place of a target that it could not read. */
    private static final String UNREAD = "/badMessage";

    /** Takes note of a refusal that is answered. */
    void add(Request request, Refusal refusal) {
        gateway.get()
                .refused(new RefusedExchange(
                        refusal.requestId(),
                        asked(request),
                        Request.getRemoteAddr(request),
                        refusal.code(),
                        refusal.status()));
    }

    /** Takes note of a client whose connection is closed because no request came to its end. */
    void addSilent(@Nullable SocketAddress client) {
        String address = client instanceof InetSocketAddress internet && internet.getAddress() != null
                ? internet.getAddress().getHostAddress()
                : "-";
        gateway.get()
                .refused(new RefusedExchange(
                        Refusal.newId(), Optional.empty(), address, ErrorCode.REQUEST_TIMEOUT, TIMEOUT));
    }

    private static Optional<RefusedExchange.Asked> asked(Request request) {
        String path = request.getHttpURI().getPath();
        return path == null || path.equals(UNREAD)
                ? Optional.empty()
                : Optional.of(new RefusedExchange.Asked(request.getMethod(), path));
    }
}
