// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The content of requests: what is read of it, what of it is not, and where it ends. */
final class ContentsTest {
    private final BlockingQueue<String> seen = new ArrayBlockingQueue<>(10);
    private Served served;

    @BeforeEach
    void serve() throws Exception {
        served = Served.by(exchange -> {
            if (exchange.path().equals("/ignore")) {
                Served.ok(exchange, "ignored");
            } else if (exchange.path().equals("/elsewhere")) {
                new Thread(() -> readOnce(exchange)).start();
                assertThat(next()).isEqualTo("abc");
                Served.ok(exchange, "left");
            } else if (exchange.path().equals("/pieces")) {
                byte[] piece = new byte[100];
                for (int read = exchange.content().read(piece);
                        read >= 0;
                        read = exchange.content().read(piece)) {
                    seen.add(new String(piece, 0, read, ISO_8859_1));
                }
                Served.ok(exchange, "whole");
            } else {
                Served.ok(exchange, "<" + read(exchange) + ">");
            }
        });
    }

    /** Goes on for one piece when the first one was seen. */
    private void readOnce(Exchange exchange) {
        try {
            byte[] piece = new byte[3];
            seen.add(new String(piece, 0, exchange.content().readNBytes(piece, 0, 3), ISO_8859_1));
            seen.add("then " + exchange.content().read(piece));
        } catch (IOException broken) {
            seen.add("broken off");
        }
    }

    /** Octet by octet, which the library takes for the end where a chunk breaks off. */
    private String read(Exchange exchange) throws IOException {
        StringBuilder read = new StringBuilder();
        try {
            for (int octet = exchange.content().read();
                    octet >= 0;
                    octet = exchange.content().read()) {
                read.append((char) octet);
            }
        } catch (IOException broken) {
            seen.add("broken off");
            throw broken;
        }
        return read.toString();
    }

    @AfterEach
    void end() throws Exception {
        served.close();
    }

    @Test
    void itEndsWhereItsLengthSays() throws Exception {
        try (Raw raw = served.connect()) {
            raw.request("POST /", "Content-Length: 3").send("abcdefg\r\n\r\n");

            assertThat(raw.rest()).contains("<abc>").contains("HTTP/1.1 400");
        }
    }

    @Test
    void oneThatIsShorterThanItSaysIsNotWhole() throws Exception {
        try (Raw raw = served.connect()) {
            raw.request("POST /", "Content-Length: 10").send("abc").socket().shutdownOutput();

            assertThat(raw.rest()).isEmpty();
            assertThat(next()).isEqualTo("broken off");
        }
    }

    @Test
    void chunksThatBreakOffAreNotWhole() throws Exception {
        for (String broken : new String[] {"3\r\nab", "3\r\nabc\r\n", "3\r\nabcd\r\n0\r\n\r\n", "no\r\n\r\n"}) {
            try (Raw raw = served.connect()) {
                raw.request("POST /", "Transfer-Encoding: chunked")
                        .send(broken)
                        .socket()
                        .shutdownOutput();

                assertThat(raw.rest()).as(broken).isEmpty();
                assertThat(next()).as(broken).isEqualTo("broken off");
            }
        }
    }

    @Test
    void fieldsBehindItAreNoLongerThanAHead() throws Exception {
        String field = "a: " + "x".repeat(3_900) + "\r\n";
        try (Raw raw = served.connect()) {
            raw.request("POST /", "Transfer-Encoding: chunked").send("0\r\n" + field + "\r\n");
            assertThat(raw.until("<>")).startsWith("HTTP/1.1 200");

            raw.request("POST /", "Transfer-Encoding: chunked").send("0\r\n" + field.repeat(9) + "\r\n");
            assertThat(raw.rest()).isEmpty();
            assertThat(next()).isEqualTo("broken off");
        }
    }

    @Test
    void aPieceIsSeenBeforeTheNextOneComes() throws Exception {
        try (Raw raw = served.connect()) {
            raw.request("POST /pieces", "Transfer-Encoding: chunked").send("3\r\nabc");
            assertThat(next()).isEqualTo("abc");

            raw.send("\r\n2\r\nde\r\n");
            assertThat(next()).isEqualTo("de");

            raw.send("0\r\n\r\n");
            assertThat(raw.until("whole")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aLittleThatNobodyReadIsSkipped() throws Exception {
        try (Raw raw = served.connect()) {
            raw.request("POST /ignore", "Content-Length: 1000").send("x".repeat(1000));
            assertThat(raw.until("ignored")).doesNotContain("Connection");

            raw.request("POST /", "Content-Length: 1").send("y");
            assertThat(raw.until("<y>")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void aThreadThatReadsOnTakesNothingOfTheNextRequest() throws Exception {
        try (Raw raw = served.connect()) {
            raw.request("POST /elsewhere", "Content-Length: 5").send("abc");
            raw.until("left");

            raw.send("deGET /ignore HTTP/1.1\r\nHost: a\r\n\r\n");
            assertThat(raw.until("ignored")).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void muchThatNobodyReadEndsTheConnectionBehindItsAnswer() throws Exception {
        try (Raw raw = served.connect()) {
            raw.request("POST /ignore", "Content-Length: 10000000").send("x".repeat(200_000));

            assertThat(raw.rest()).startsWith("HTTP/1.1 200").endsWith("ignored");
        }
    }

    @Test
    void whoWaitsToSendIsToldWhenSomebodyReads() throws Exception {
        try (Raw raw = served.connect()) {
            raw.request("POST /", "Content-Length: 2", "Expect: 100-continue");
            assertThat(raw.until("\r\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\r\n\r\n");

            assertThat(raw.send("ok").until("<ok>")).startsWith("HTTP/1.1 200").doesNotContain("close");
        }
    }

    @Test
    void whoWaitsToSendWhatNobodyReadsIsNotToldTo() throws Exception {
        try (Raw raw = served.connect()) {
            raw.request("POST /ignore", "Content-Length: 2", "Expect: 100-continue");

            assertThat(raw.rest()).startsWith("HTTP/1.1 200").contains("Connection: close");
        }
    }

    private String next() {
        try {
            return seen.poll(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
