// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.http.Http2Call.Answer;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.kernel.port.HttpGateway;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.http2.ErrorCode;
import org.junit.jupiter.api.Test;

class Http2Test {
    private static final HttpGateway DONE = e -> e.respond(Response.text("done"));

    @Test
    void speaksHttp2WithPriorKnowledge() throws Exception {
        try (TestServer server = TestServer.start(e -> e.respond(Response.text(e.method() + " " + e.rawPath())));
                Http2Call call = Http2Call.to(server.port())) {
            Answer answer = call.send("GET", "/a/b?c=d", "");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("GET /a/b");
            assertThat(answer.fields()).doesNotContainKey("server");
        }
    }

    @Test
    void givesUpOnStreamsOfNewConnectionsAfterTheTimeThatIsSetThen() throws Exception {
        try (TestServer server = TestServer.start(Gateways.readingLength())) {
            assertThat(server.streamIdleMillis()).isEqualTo(35_000);
            server.use(TestServer.hastyForSilence());

            assertThat(server.streamIdleMillis()).isEqualTo(6_000);
        }
    }

    @Test
    void namesTheHostAsHttp1Does() throws Exception {
        HttpGateway telling =
                e -> e.respond(Response.text(e.headers().first("Host").orElse("none")
                        + e.headers().all("host").size()));

        try (TestServer server = TestServer.start(telling);
                Http2Call call = Http2Call.to(server.port())) {
            assertThat(call.send("GET", "/", "").body()).isEqualTo("127.0.0.1:" + server.port() + "1");
        }
    }

    @Test
    void givesUpAClientThatTakesAnAnswerByteByByte() throws Exception {
        AtomicReference<Delivery> streamed = new AtomicReference<>();
        Body piecewise = Body.writing(out -> {
            for (int i = 0; i < 100; i++) {
                out.write(new byte[1000]);
                out.flush();
            }
        });
        HttpGateway large = e -> {
            if (e.rawPath().equals("/streamed")) {
                streamed.set(e.respond(Response.of(200, "text/plain", piecewise)));
            } else {
                e.respond(Response.text("x".repeat(100_000)));
            }
        };

        try (TestServer server = TestServer.start(large);
                Http2Call reluctant = Http2Call.reluctant(server.port())) {
            reluctant.begin("GET", "/", "");
            reluctant.begin("GET", "/streamed", "");

            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(reluctant.resets())
                    .containsExactly(ErrorCode.CANCEL_STREAM_ERROR.code, ErrorCode.CANCEL_STREAM_ERROR.code));
            await().untilAsserted(() -> assertThat(streamed.get())
                    .isInstanceOfSatisfying(Delivery.BrokenOff.class, end -> assertThat(end.byClient())
                            .isTrue()));
        }
    }

    @Test
    void carriesManyRequestsAtOnceOnOneConnection() throws Exception {
        CountDownLatch all = new CountDownLatch(10);
        HttpGateway together = e -> {
            all.countDown();
            Gateways.waitFor(all);
            e.respond(Response.text(e.rawPath()));
        };

        try (TestServer server = TestServer.start(together);
                Http2Call call = Http2Call.to(server.port())) {
            List<CompletableFuture<Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                answers.add(call.begin("GET", "/" + i, ""));
            }
            for (int i = 0; i < 10; i++) {
                assertThat(answers.get(i).get(10, TimeUnit.SECONDS).body()).isEqualTo("/" + i);
            }
        }
    }

    @Test
    void readsABodyAndRefusesOneOverTheLimit() throws Exception {
        try (TestServer server =
                        TestServer.start(Gateways.reading(body -> Response.of(200, "text/plain", Body.of(body))));
                Http2Call call = Http2Call.to(server.port())) {
            assertThat(call.send("POST", "/", "hello").body()).isEqualTo("hello");

            Answer refused = call.send("POST", "/", "x".repeat(1_100_000));
            assertThat(refused.status()).isEqualTo(413);
            assertThat(refused.body()).contains("PAYLOAD_TOO_LARGE");

            assertThat(call.send("POST", "/", "again").body()).isEqualTo("again");
        }
    }

    @Test
    void callsOffTheRestOfARefusedBodyWithoutAFault() throws Exception {
        try (TestServer server =
                        TestServer.start(Gateways.reading(body -> Response.of(200, "text/plain", Body.of(body))));
                Http2Call call = Http2Call.to(server.port())) {
            for (int i = 0; i < 3; i++) {
                assertThat(call.send("POST", "/", "x".repeat(1_100_000)).status())
                        .isEqualTo(413);
            }
            assertThat(call.resets()).isEmpty();

            Answer endless = call.send("POST", "/", "x".repeat(50_000_000));
            assertThat(endless.status()).isEqualTo(413);
            await().until(() -> !call.resets().isEmpty());
            assertThat(call.resets()).containsOnly(ErrorCode.NO_ERROR.code);
        }
    }

    @Test
    void dropsFieldsOfTheConnection() throws Exception {
        Headers fields = Headers.of(Map.of("Connection", List.of("close"), "X-Kept", List.of("1")));

        try (TestServer server = TestServer.start(e -> e.respond(new Response(200, fields, Body.of("x"))));
                Http2Call call = Http2Call.to(server.port())) {
            Answer answer = call.send("GET", "/", "");

            assertThat(answer.fields()).containsKey("x-kept").doesNotContainKey("connection");
        }
    }

    @Test
    void answersAmbiguousTargetsWithAProblem() throws Exception {
        try (TestServer server = TestServer.start(e -> e.respond(Response.text("served")));
                Http2Call call = Http2Call.to(server.port())) {
            Answer answer = call.send("GET", "/a/%2e%2e/b", "");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body()).contains("BAD_PATH");
            assertThat(call.send("GET", "/a", "").body()).isEqualTo("served");
        }
    }

    @Test
    void sendsWhatIsFlushedAtOnce() throws Exception {
        CountDownLatch seen = new CountDownLatch(1);
        Body events = Body.writing(sink -> {
            sink.write("one".getBytes(StandardCharsets.UTF_8));
            sink.flush();
            Gateways.waitFor(seen);
            sink.write("two".getBytes(StandardCharsets.UTF_8));
        });

        try (TestServer server = TestServer.start(e -> e.respond(Response.of(200, "text/plain", events)));
                Http2Call call = Http2Call.to(server.port())) {
            CompletableFuture<Answer> answer = call.begin("GET", "/", "", part -> seen.countDown());

            assertThat(answer.get(10, TimeUnit.SECONDS).body()).isEqualTo("onetwo");
        }
    }

    @Test
    void leavesAHandlerAloneThatTakesItsTime() throws Exception {
        try (TestServer server =
                        TestServer.start(TestServer.hastyForSilence(), Gateways.after(Duration.ofMillis(2500), DONE));
                Http2Call call = Http2Call.to(server.port())) {
            assertThat(call.send("GET", "/", "").body()).isEqualTo("done");
        }
    }
}
