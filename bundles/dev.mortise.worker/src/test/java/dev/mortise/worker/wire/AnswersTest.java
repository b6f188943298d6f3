// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.http.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** How answers end: each way of it tells a whole one from one that broke off. */
final class AnswersTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);

    /** Answers with what it writes, and throws where it does. */
    private static Served.Answering with(OptionalLong length, Writing writing) {
        return exchange -> {
            OutputStream out = exchange.answerWith(200, Headers.of("X-Kind", "tea"), length);
            writing.write(out);
            out.close();
        };
    }

    private interface Writing {
        void write(OutputStream out) throws IOException;
    }

    @Test
    void chunksAreSentAsTheyAreFlushed() throws Exception {
        CountDownLatch goOn = new CountDownLatch(1);
        Served.Answering answering = with(OptionalLong.empty(), out -> {
            out.write(ABC);
            out.flush();
            await(goOn);
            out.write(ABC);
        });
        try (Served served = Served.by(answering);
                Raw raw = served.connect()) {
            assertThat(raw.request("GET /").until("3\r\nabc\r\n"))
                    .contains("\r\nTransfer-Encoding: chunked\r\n", "\r\nX-Kind: tea\r\n", "\r\nDate: ");
            goOn.countDown();
            assertThat(raw.until("0\r\n\r\n")).isEqualTo("3\r\nabc\r\n0\r\n\r\n");
        }
    }

    @Test
    void chunksThatBreakOffDoNotEnd() throws Exception {
        try (Served served = Served.by(with(OptionalLong.empty(), AnswersTest::breakOff));
                Raw raw = served.connect()) {
            assertThat(raw.request("GET /").rest()).endsWith("3\r\nabc\r\n");
        }
    }

    @Test
    void aReaderWithoutChunksHearsOfTheBreak() throws Exception {
        String old = "GET / HTTP/1.0\r\n\r\n";
        try (Served served = Served.by(with(OptionalLong.empty(), AnswersTest::breakOff));
                Raw raw = served.connect()) {
            assertThatThrownBy(() -> raw.send(old).rest()).isInstanceOf(IOException.class);
        }
        try (Served served = Served.by(with(OptionalLong.empty(), out -> out.write(ABC)));
                Raw raw = served.connect()) {
            assertThat(raw.send(old).rest()).contains("Connection: close").endsWith("\r\n\r\nabc");
        }
    }

    private static void breakOff(OutputStream out) throws IOException {
        out.write(ABC);
        out.flush();
        throw new IOException("broken");
    }

    @Test
    void anAnswerIsNeitherShorterNorLongerThanItSays() throws Exception {
        for (int length : new int[] {2, 4}) {
            try (Served served = Served.by(with(OptionalLong.of(length), out -> out.write(ABC)));
                    Raw raw = served.connect()) {
                assertThat(raw.request("GET /").rest()).as("%d", length).isEmpty();
            }
        }
    }

    @Test
    void anAnswerWithoutContentKeepsTheConnection() throws Exception {
        Served.Answering answering = exchange -> exchange.answer(204, Headers.none(), OptionalLong.empty());
        try (Served served = Served.by(answering);
                Raw raw = served.connect()) {
            for (int request = 0; request < 2; request++) {
                assertThat(raw.request("GET /").until("\r\n\r\n"))
                        .startsWith("HTTP/1.1 204")
                        .doesNotContain("Content-Length", "Transfer-Encoding", "Connection");
            }
        }
    }

    @Test
    void aFieldCanNotAddAnother() throws Exception {
        Headers headers = Headers.of("X-Kind", "tea\r\nX-Other: b");
        Served.Answering answering = exchange -> exchange.answer(204, headers, OptionalLong.empty());
        try (Served served = Served.by(answering);
                Raw raw = served.connect()) {
            assertThat(raw.request("GET /", "Connection: close").rest()).doesNotContain("\nX-Other");
        }
    }

    @Test
    void somebodyElseAnswersWhileTheThreadReads() throws Exception {
        Served.Answering answering = exchange -> {
            Thread other = new Thread(() -> instead(exchange));
            other.start();
            assertThatThrownBy(() -> exchange.content().read()).isInstanceOf(IOException.class);
        };
        try (Served served = Served.by(answering);
                Raw raw = served.connect()) {
            raw.request("POST /", "Content-Length: 5");

            assertThat(raw.rest())
                    .startsWith("HTTP/1.1 200")
                    .contains("Connection: close")
                    .endsWith("late");
            assertThat(served.end()).as("its thread does not read for ever").isTrue();
        }
    }

    private static void instead(Exchange exchange) {
        try {
            exchange.last();
            Served.ok(exchange, "late");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
