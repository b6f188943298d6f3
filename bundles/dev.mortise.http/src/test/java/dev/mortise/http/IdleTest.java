// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.http.HttpSettings.Limits;
import dev.mortise.kernel.port.HttpGateway;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class IdleTest {
    private static final HttpGateway READING = Gateways.readingLength();

    @Test
    void givesUpOnAReaderThatTakesLittle() throws Exception {
        Limits demanding = new Limits(
                20,
                16 * 1024,
                200,
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                1024,
                50_000_000,
                Duration.ofSeconds(5));
        HttpGateway large = e -> e.respond(Response.of(200, "text/plain", Body.of(new byte[64 * 1024 * 1024])));
        try (TestServer server = TestServer.start(demanding, large);
                RawConnection connection = server.connect()) {
            connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readStart();
            int reads = 0;
            // it is judged after ten seconds; what was on its way then is taken at once
            long slowly = System.nanoTime() + Duration.ofSeconds(13).toNanos();
            while (reads < 4096 && connection.readSome(16 * 1024)) {
                reads++;
                if (System.nanoTime() < slowly) {
                    Gateways.pause(Duration.ofMillis(100));
                }
            }

            assertThat(reads).isBetween(20, 4095);
        }
    }

    @Test
    void closesAnIdleConnection() throws Exception {
        try (TestServer server = TestServer.start(TestServer.hastyForSilence(), READING);
                RawConnection connection = server.connect()) {
            connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read();

            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void leavesAHandlerAloneThatTakesItsTime() throws Exception {
        try (TestServer server =
                TestServer.start(TestServer.hastyForSilence(), Gateways.after(Duration.ofSeconds(2), READING))) {
            assertThat(server.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body()).isEqualTo("0");
        }
    }

    @Test
    void leavesTheBodyThereForAHandlerThatReadsItLate() throws Exception {
        try (TestServer server =
                TestServer.start(TestServer.hastyForSilence(), Gateways.after(Duration.ofSeconds(2), READING))) {
            assertThat(server.ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi")
                            .body())
                    .isEqualTo("2");
        }
    }

    @Test
    void givesUpOnAReaderThatTakesNothing() throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        Body large = Body.writing(sink -> {
            try {
                for (int i = 0; i < 10_000; i++) {
                    sink.write(new byte[100_000]);
                }
            } finally {
                ended.countDown();
            }
        });

        try (TestServer server =
                        TestServer.start(TestServer.hastyForSilence(), e -> e.respond(Response.of(200, "a/b", large)));
                RawConnection connection = server.connect()) {
            connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n");

            assertThat(Gateways.waitFor(ended)).isTrue();
        }
    }
}
