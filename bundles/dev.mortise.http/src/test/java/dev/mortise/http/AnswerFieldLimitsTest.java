// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.http.Http2Call.Answer;
import dev.mortise.kernel.port.Delivery;
import dev.mortise.kernel.port.HttpGateway;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Fields of an answer that can't be sent are refused before anything of it is, and hurt no other request. */
class AnswerFieldLimitsTest {
    private static final String GET = "GET %s HTTP/1.1\r\nHost: h\r\n\r\n";

    /** Answers with the field that the path asks for; says why, where that can't be. */
    private static final HttpGateway FIELDS = e -> {
        Response asked = Response.text("done").with("X-Asked", field(e.rawPath()));
        if (e.respond(asked) instanceof Delivery.Unwritable unwritable) {
            e.respond(Response.of(500, "text/plain", Body.of(unwritable.fault().getMessage())));
        }
    };

    private static String field(String path) {
        return path.equals("/omega") ? "\u03a9" : "x".repeat(Integer.parseInt(path.substring(1)));
    }

    @Test
    void refusesMoreThanTheLimitAlikeInBothVersions() throws Exception {
        try (TestServer server = TestServer.start(FIELDS);
                Http2Call call = Http2Call.to(server.port())) {
            String reason = "The answer is refused: its fields have more than %d bytes, which is all that the client"
                    + " takes, or that 'answer.header.max.kb' in etc/http.properties allows";

            assertThat(server.ask(GET.formatted("/17000")).body()).isEqualTo(reason.formatted(16 * 1024));
            assertThat(server.ask(GET.formatted("/16200")).status()).isEqualTo(200);
            assertThat(call.send("GET", "/17000", "").body()).isEqualTo(reason.formatted(16 * 1024));
            assertThat(call.send("GET", "/16200", "").status()).isEqualTo(200);
        }
    }

    @Test
    void refusesMoreThanTheClientTakes() throws Exception {
        try (TestServer server = TestServer.start(FIELDS);
                Http2Call call = Http2Call.taking(server.port(), 8 * 1024)) {
            assertThat(call.send("GET", "/9000", "").body()).contains("more than 6144 bytes", "the client takes");
            assertThat(call.send("GET", "/6000", "").status()).isEqualTo(200);
        }
    }

    @Test
    void refusesWhatIsNoByte() throws Exception {
        try (TestServer server = TestServer.start(FIELDS);
                Http2Call call = Http2Call.to(server.port())) {
            String reason =
                    "The answer is refused: the value of field 'X-Asked' holds a control character, or one above U+00FF";

            assertThat(server.ask(GET.formatted("/omega")).body()).isEqualTo(reason);
            assertThat(call.send("GET", "/omega", "").body()).isEqualTo(reason);
        }
    }

    @Test
    void otherRequestsOfTheConnectionAreAnswered() throws Exception {
        CountDownLatch refused = new CountDownLatch(1);
        HttpGateway waiting = e -> {
            if (e.rawPath().equals("/waits")) {
                Gateways.waitFor(refused);
                e.respond(Response.text("done"));
            } else {
                FIELDS.handle(e);
            }
        };

        try (TestServer server = TestServer.start(waiting);
                Http2Call call = Http2Call.to(server.port())) {
            CompletableFuture<Answer> other = call.begin("GET", "/waits", "");
            assertThat(call.send("GET", "/17000", "").status()).isEqualTo(500);
            refused.countDown();

            assertThat(other.get(10, TimeUnit.SECONDS).body()).isEqualTo("done");
        }
    }
}
