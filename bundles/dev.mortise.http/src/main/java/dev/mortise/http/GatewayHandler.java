// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import dev.mortise.api.error.ErrorCode;
import java.util.Optional;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Hands every request to the gateway, unless it is over a limit of the listener. */
final class GatewayHandler extends Handler.Abstract {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayHandler.class);

    private final GatewaySlot gateway;
    private volatile HttpSettings settings;
    private final RefusedRequests refused;

    GatewayHandler(GatewaySlot gateway, HttpSettings settings) {
        this.gateway = gateway;
        this.settings = settings;
        this.refused = new RefusedRequests(gateway);
    }

    /** Judges the next request by these. */
    void use(HttpSettings next) {
        settings = next;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        // The gateway's deadline ends a handler that takes long; without I/O in the meantime Jetty would end it
        // earlier.
        request.addIdleTimeoutListener(timeout -> false);
        if (!canBeAnswered(request)) {
            // not failed: Jetty would make an error of it, which counts as a call
            callback.succeeded();
            return true;
        }
        HttpSettings now = settings;
        JettyExchange exchange = new JettyExchange(request, response, callback, now);
        exchange.begin();
        Optional<Refusal> refusal = new RequestCheck(now.limits()).refuse(request);
        if (refusal.isPresent()) {
            refused.add(request, refusal.get());
            exchange.refuse(refusal.get());
        } else {
            call(exchange);
        }
        exchange.handlerReturned();
        return true;
    }

    /**
     * A connection that the listener closes as it stops may bring one more request, which nobody could answer: its sender
     * is told nothing, and may be sure that nothing was done.
     */
    private static boolean canBeAnswered(Request request) {
        return !request.getConnectionMetaData().getConnection().getEndPoint().isOutputShutdown();
    }

    private void call(JettyExchange exchange) {
        try {
            gateway.get().handle(exchange);
        } catch (Throwable fault) { // an Error of one request must not take the server's thread along
            LOG.error("The gateway failed at {} {}", exchange.method(), exchange.rawPath(), fault);
            exchange.respond(new Refusal(ErrorCode.INTERNAL, "The gateway failed.").response());
        }
    }
}
