// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.http.Response;
import dev.mortise.http.HttpSettings.Limits;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;
import dev.mortise.kernel.port.RefusedExchange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RefusedRequestsTest {
    private final List<RefusedExchange> refused = new CopyOnWriteArrayList<>();
    private final HttpGateway gateway = new HttpGateway() {
        @Override
        public void handle(HttpExchange exchange) {
            exchange.respond(Response.text("served"));
        }

        @Override
        public void refused(RefusedExchange one) {
            refused.add(one);
        }
    };

    @ParameterizedTest
    @CsvSource({
        "GET /a//b HTTP/1.1\\r\\nHost: h\\r\\n, 400, BAD_PATH, /a//b",
        "GET /a HTTP/1.1\\r\\nHost: h\\r\\nX Y: 1\\r\\n, 400, BAD_REQUEST, /a",
        "GET /a HTTP/9.9\\r\\nHost: h\\r\\n, 505, BAD_REQUEST, ",
        "GET /%zz HTTP/1.1\\r\\nHost: h\\r\\n, 400, BAD_PATH, ",
        "POST /a HTTP/1.0\\r\\nTransfer-Encoding: chunked\\r\\n, 400, BAD_REQUEST, /a",
        "OPTIONS * HTTP/1.1\\r\\nHost: h\\r\\n, 400, BAD_PATH, *"
    })
    void tellsOfEachOnce(String request, int status, ErrorCode code, String path) throws Exception {
        try (TestServer server = TestServer.start(gateway)) {
            RawConnection.Answer answer = server.ask(request.replace("\\r\\n", "\r\n") + "\r\n");

            assertThat(answer.status()).isEqualTo(status);
            RefusedExchange one = only();
            assertThat(one.status()).isEqualTo(status);
            assertThat(one.code()).isEqualTo(code);
            assertThat(one.asked().map(RefusedExchange.Asked::rawPath)).isEqualTo(Optional.ofNullable(path));
            assertThat(one.clientAddress()).isEqualTo("127.0.0.1");
            assertThat(answer.field("X-Request-Id")).isEqualTo(one.requestId());
            assertThat(answer.body()).contains("\"requestId\":\"" + one.requestId() + "\"");
        }
    }

    @Test
    void tellsOfSizes() throws Exception {
        try (TestServer server = TestServer.start(gateway)) {
            server.ask("GET /" + "x".repeat(64_000) + " HTTP/1.1\r\nHost: h\r\n\r\n");
            server.ask("GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");
            server.ask("GET / HTTP/1.1\r\nHost: h\r\n" + "X: 1\r\n".repeat(200) + "\r\n");

            assertThat(refused)
                    .extracting(RefusedExchange::code)
                    .containsExactly(ErrorCode.URI_TOO_LONG, ErrorCode.HEADERS_TOO_LARGE, ErrorCode.HEADERS_TOO_LARGE);
        }
    }

    @Test
    void tellsOfAConnectionThatIsClosedBecauseFieldsDoNotEnd() throws Exception {
        Limits hasty = TestServer.hastyForFields();
        try (TestServer server = TestServer.start(hasty, gateway);
                RawConnection connection = server.connect()) {
            assertThat(connection.send("GET / HTTP/1.1\r\nHo").isClosed()).isTrue();

            await().until(() -> !refused.isEmpty());
            assertThat(only().status()).isEqualTo(408);
            assertThat(only().clientAddress()).isEqualTo("127.0.0.1");
            assertThat(only().asked()).isEmpty();
        }
    }

    @Test
    void tellsOnceOfEachOfManyThatAreClosedByAndBy() throws Exception {
        List<RawConnection> silent = new ArrayList<>();
        try (TestServer server = TestServer.start(TestServer.hastyForFields(), gateway)) {
            for (int i = 0; i < 100; i++) {
                silent.add(server.connect().send("GET / HTTP/1.1\r\nHo"));
            }
            for (RawConnection one : silent) {
                assertThat(one.isClosed()).isTrue();
            }
            await().during(Duration.ofMillis(500)).until(() -> refused.size() == 100);
        } finally {
            for (RawConnection one : silent) {
                one.close();
            }
        }
    }

    @Test
    void tellsNothingOfWhatTheGatewayAnswers() throws Exception {
        try (TestServer server = TestServer.start(gateway)) {
            assertThat(server.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body()).isEqualTo("served");
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void tellsNothingOfWhatNobodyCanBeTold() throws Exception {
        GatewaySlot slot = new GatewaySlot();
        slot.put(gateway);
        Server server = new Server(0);
        server.setErrorHandler(new ProblemErrorHandler(new RefusedRequests(slot), () -> 1024));
        server.setHandler(new Closing(new GatewayHandler(slot, TestServer.settings())));
        server.start();
        try (RawConnection connection =
                new RawConnection(((ServerConnector) server.getConnectors()[0]).getLocalPort())) {
            assertThat(connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").isClosed())
                    .isTrue();
        } finally {
            server.stop();
        }
        assertThat(refused).isEmpty();
    }

    /** Closes its side before a request is handled, as the listener does when it stops. */
    private static final class Closing extends Handler.Wrapper {
        Closing(Handler handler) {
            super(handler);
        }

        @Override
        public boolean handle(Request request, org.eclipse.jetty.server.Response response, Callback callback)
                throws Exception {
            request.getConnectionMetaData().getConnection().getEndPoint().shutdownOutput();
            return super.handle(request, response, callback);
        }
    }

    private RefusedExchange only() {
        assertThat(refused).hasSize(1);
        return refused.get(0);
    }
}
