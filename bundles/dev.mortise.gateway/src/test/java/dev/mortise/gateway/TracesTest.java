// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.FakeTracing.traceparent;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Request;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.kernel.port.Tracing.Kind;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TracesTest {
    private static final String SENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final FakeTracing tracing = new FakeTracing();
    private final AtomicReference<ServiceClient> client = new AtomicReference<>();
    private final TestPlugin back = plugin("back")
            .endpoint("GET", "/things/{id}")
            .offers("back.things", "1.0.0")
            .route("GET", "/things/{id}", request -> Response.text(seen(request)));
    private final TestPlugin front = plugin("front")
            .needs("back", "back.things", "^1.0.0")
            .route("GET", "/{id}", request -> {
                String behind = client.get()
                        .service("back.things")
                        .get("/things/17")
                        .body()
                        .text();
                return Response.text(seen(request) + " " + behind);
            });
    private final TestGateway gateway = TestGateway.open(front, back);

    @BeforeEach
    void follow() {
        client.set(gateway.client(front));
        gateway.neighbours.bindTracing(tracing);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void followsACallOfAClientAndThoseBehindIt() {
        FakeExchange answer = gateway.send(get("/api/v1/p/front/1").as("alice").with("traceparent", SENT));

        assertThat(answer.text())
                .isEqualTo(traceparent(1) + "=" + traceparent(1) + " " + traceparent(2) + "=" + traceparent(2));
        assertThat(tracing.ended).hasSize(2);
        FakeTracing.Ended hop = tracing.ended.get(0);
        assertThat(hop.kind()).isEqualTo(Kind.PLUGIN);
        assertThat(hop.parent()).contains(traceparent(1));
        assertThat(hop.name()).isEqualTo("GET /things/{id} of back.things");
        assertThat(hop.status()).isEqualTo(200);
        assertThat(hop.tags())
                .containsEntry("mortise.plugin", "back")
                .containsEntry("mortise.service", "back.things")
                .containsEntry("mortise.caller.plugin", "front")
                .containsEntry("mortise.tenant", "acme");
        FakeTracing.Ended call = tracing.ended.get(1);
        assertThat(call.kind()).isEqualTo(Kind.CLIENT);
        assertThat(call.parent()).contains(SENT);
        assertThat(call.name()).isEqualTo("GET /{id} of front");
        assertThat(call.tags())
                .containsEntry("http.route", "/{id}")
                .containsEntry("http.request.method", "GET")
                .containsEntry("mortise.tenant", "acme")
                .containsEntry("mortise.request_id", answer.field("X-Request-Id"));
    }

    @Test
    void beginsATraceWhereNoneOrABadOneCame() {
        gateway.send(get("/api/v1/p/back/things/1").as("alice"));
        gateway.send(get("/api/v1/p/back/things/1").as("alice").with("traceparent", "nonsense"));

        assertThat(tracing.ended).hasSize(2).allSatisfy(call -> assertThat(call.parent())
                .isEmpty());
    }

    @Test
    void followsRefusedCallsWithoutTheirPaths() {
        gateway.send(get("/api/v1/p/back/secret"));

        assertThat(tracing.ended).singleElement().satisfies(call -> {
            assertThat(call.status()).isEqualTo(401);
            assertThat(call.name()).isEqualTo("- - of back");
            assertThat(call.tags()).doesNotContainKey("mortise.tenant");
        });
    }

    @Test
    void doesNotFollowWhoAsksForHealth() {
        gateway.send(get("/health/live"));

        assertThat(tracing.ended).isEmpty();
    }

    @Test
    void passesOnWhatCameWhereTracesAreOff() {
        gateway.neighbours.unbindTracing(tracing);

        FakeExchange answer = gateway.send(get("/api/v1/p/front/1").as("alice").with("traceparent", SENT));

        assertThat(answer.text()).isEqualTo(SENT + "=" + SENT + " " + SENT + "=" + SENT);
        assertThat(tracing.ended).isEmpty();
    }

    private static String seen(Request request) {
        return request.context().traceparent().orElse("none") + "="
                + request.headers().first("traceparent").orElse("none");
    }
}
