// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.kernel.call.Call;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every request comes in: judges who calls, and hands it to whom it is for. */
final class Entrance implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Entrance.class);

    private final Surface surface;
    private final ControlCalls control;
    private final RouteCalls routes;
    private final Callers callers;
    private final Problems problems;
    private final Running running;

    Entrance(
            Surface surface,
            ControlCalls control,
            RouteCalls routes,
            Callers callers,
            Problems problems,
            Running running) {
        this.surface = surface;
        this.control = control;
        this.routes = routes;
        this.callers = callers;
        this.problems = problems;
        this.running = running;
    }

    /** The server closes the connection when this throws, which is what an answer needs that broke off. */
    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            admit(exchange);
        } catch (IOException e) {
            LOG.debug("{} broke off", exchange.getRequestURI(), e);
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("{} {} failed", exchange.getRequestMethod(), exchange.getRequestURI(), e);
            throw new IOException(e);
        }
    }

    private void admit(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        boolean local = exchange.getRemoteAddress().getAddress().isLoopbackAddress();
        if (local && ControlCalls.open(exchange.getRequestMethod(), path)) {
            control.answer(exchange);
            return;
        }
        Optional<Call> call = callers.apply(HopFields.of(exchange));
        if (call.isEmpty()) {
            problems.refuse(exchange, unknown(), "");
        } else if (!control.answer(exchange)) {
            callRoute(exchange, call.get());
        }
    }

    private void callRoute(HttpExchange exchange, Call call) throws IOException {
        if (!running.enter()) {
            String ends = "This process of plugin '" + problems.plugin() + "' ends.";
            problems.refuse(exchange, Refusal.retryLater(ErrorCode.PLUGIN_NOT_READY, ends), call.requestId());
            return;
        }
        try {
            call.tenant().map(TenantId::value).ifPresent(surface::entering);
            routes.answer(exchange, call);
        } finally {
            running.leave();
        }
    }

    private static Refusal unknown() {
        return Refusal.of(
                        ErrorCode.UNAUTHENTICATED,
                        "Calls come from the gateway, which signs them: X-Mortise-Token is missing, or not good.")
                .with("WWW-Authenticate", "Mortise-Token");
    }
}
