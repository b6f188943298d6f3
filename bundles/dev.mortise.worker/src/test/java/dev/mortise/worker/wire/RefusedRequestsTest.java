// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no clear request reaches nobody, is told so, and nothing more is read from its sender. */
final class RefusedRequestsTest {
    private final AtomicInteger answered = new AtomicInteger();
    private Served served;

    @BeforeEach
    void serve() throws Exception {
        served = Served.by(exchange -> {
            answered.incrementAndGet();
            Served.ok(exchange, "reached");
        });
    }

    @AfterEach
    void end() throws Exception {
        served.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "GET /",
                "GET / HTTP/1.1 more",
                "GET / HTTP/2.0",
                "GET / FTP/1.1",
                "GE(T / HTTP/1.1",
                "GET nowhere HTTP/1.1",
                "GET http://a/b HTTP/1.1",
                "GET * HTTP/1.1",
                "GET /a#b HTTP/1.1",
                "GET /\u00e4 HTTP/1.1"
            })
    void aMalformedRequestLine(String line) throws Exception {
        refused(line + "\r\nHost: a\r\n\r\n", 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: a\r\nHost: b",
                "Host: a\r\nno field",
                "Host: a\r\nX y: z",
                "Host: a\r\nX : z",
                "Host: a\r\n: z",
                "Host: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked",
                "Host: a\r\nContent-Length: 1\r\nContent-Length: 2",
                "Host: a\r\nContent-Length: +1",
                "Host: a\r\nContent-Length: -1",
                "Host: a\r\nContent-Length: 9999999999999999999",
                "Host: a\r\nTransfer-Encoding: gzip",
                "Host: a\r\nTransfer-Encoding: gzip, chunked",
                "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked"
            })
    void fieldsThatDoNotSayWhereTheRequestEnds(String fields) throws Exception {
        refused("POST / HTTP/1.1\r\n" + (fields.isEmpty() ? "" : fields + "\r\n") + "\r\n", 400);
    }

    @Test
    void aHeadThatIsTooLong() throws Exception {
        refused("GET /" + "x".repeat(5 * 1024) + " HTTP/1.1\r\nHost: a\r\n\r\n", 431);
        refused("GET / HTTP/1.1\r\nHost: a\r\n" + ("X: " + "x".repeat(3000) + "\r\n").repeat(7) + "\r\n", 431);
        refused("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(10) + "\r\n", 431);
    }

    @Test
    void theLargestHeadIsAnswered() throws Exception {
        try (Raw raw = served.connect()) {
            raw.send("GET / HTTP/1.1\r\nHost: a\r\n" + "X: y\r\n".repeat(8) + "X: " + "x".repeat(3000) + "\r\n\r\n");

            assertThat(raw.until("reached")).startsWith("HTTP/1.1 200");
        }
    }

    private void refused(String text, int status) throws Exception {
        try (Raw raw = served.connect()) {
            String answer =
                    raw.send(text + "GET /next HTTP/1.1\r\nHost: a\r\n\r\n").rest();

            assertThat(answer).startsWith("HTTP/1.1 " + status).contains("Connection: close");
            assertThat(answer).as("nothing after it").doesNotContain("reached");
            assertThat(answered).hasValue(0);
        }
    }
}
