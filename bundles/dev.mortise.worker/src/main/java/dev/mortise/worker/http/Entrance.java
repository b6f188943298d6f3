// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.http;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.call.Call;
import dev.mortise.worker.wire.Calls;
import dev.mortise.worker.wire.Exchange;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where every request comes in: judges who calls, and hands it to whom it is for. */
final class Entrance implements Calls {
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
    public void answer(Exchange exchange) throws IOException {
        try {
            admit(exchange);
        } catch (IOException e) {
            LOG.debug("{} broke off", exchange.path(), e);
            throw e;
        } catch (RuntimeException | Error e) {
            LOG.error("{} {} failed", exchange.method(), exchange.path(), e);
            throw new IOException(e);
        }
    }

    private void admit(Exchange exchange) throws IOException {
        if (exchange.local() && ControlCalls.open(exchange.method(), exchange.path())) {
            control.answer(exchange);
            return;
        }
        Optional<Call> call = callers.apply(new HopFields(exchange));
        if (call.isEmpty()) {
            problems.refuse(exchange, unknown(), "");
            return;
        }
        exchange.admit();
        if (!control.answer(exchange)) {
            callRoute(exchange, call.get());
        }
    }

    @Override
    public Response refusal(ErrorCode code, String detail) {
        Refusal refusal =
                code == ErrorCode.SERVICE_UNAVAILABLE ? Refusal.retryLater(code, detail) : Refusal.of(code, detail);
        return refusal.response(problems.json(), "/api/v1/p/" + problems.plugin(), "");
    }

    private void callRoute(Exchange exchange, Call call) throws IOException {
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
