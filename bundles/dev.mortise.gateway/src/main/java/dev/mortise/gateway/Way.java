// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.kernel.call.Call;
import dev.mortise.kernel.port.HttpExchange;
import java.util.Optional;

/** What is known of an exchange whose caller is: enough to make of it the call that a handler sees. */
record Way(String path, Destination destination, Leg leg, Admission.Caller caller) {
    /** Makes the context of the call. */
    Call call(Passage passage, long deadlineNanos) {
        Optional<String> plugin =
                destination.betweenPlugins() ? caller.identity().plugin() : Optional.empty();
        return new Call(
                caller.tenant(),
                caller.identity(),
                plugin,
                passage.requestId(),
                passage.traceparent(),
                deadlineNanos,
                leg.hop());
    }

    /** Makes the request that the handler sees. */
    HandlerRequest request(Passage passage, Destination.Target target, int queryLimit, Call call) {
        HttpExchange exchange = passage.exchange();
        Headers visible = passage.span() == null
                ? new VisibleHeaders(exchange.headers())
                : Spans.stamped(new VisibleHeaders(exchange.headers()), call);
        Body body = target.route().guard().boundsBodies() ? exchange.body() : exchange.unboundedBody();
        HandlerRequest.Asked asked =
                new HandlerRequest.Asked(exchange.method(), relativePath(), exchange.rawQuery(), visible, body);
        return new HandlerRequest(asked, target.parameters(), queryLimit, call);
    }

    private String relativePath() {
        int from = destination.from();
        return from == path.length() ? "/" : path.substring(from);
    }
}
