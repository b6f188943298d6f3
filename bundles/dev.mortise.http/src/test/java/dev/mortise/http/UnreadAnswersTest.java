// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers whose bodies are not sent give back what those hold. */
class UnreadAnswersTest {
    private final AtomicInteger closed = new AtomicInteger();

    @ParameterizedTest
    @CsvSource({"GET, 204", "GET, 205", "GET, 304", "HEAD, 200", "HEAD, 205"})
    void closeTheirBodies(String method, int status) throws Exception {
        Response answer = new Response(status, Headers.none(), new Held(closed, false, OptionalLong.empty()));
        try (TestServer server = TestServer.start(e -> e.respond(answer));
                RawConnection connection = server.connect()) {
            assertThat(connection
                            .send(method + " / HTTP/1.1\r\nHost: h\r\n\r\n")
                            .read(method)
                            .status())
                    .isEqualTo(status);
        }

        assertThat(closed).hasValue(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellTheLengthThatIsKnownWithoutTheBytes(boolean buffered) throws Exception {
        Response answer = new Response(200, Headers.none(), new Held(closed, buffered, OptionalLong.of(5_000_000)));
        try (TestServer server = TestServer.start(e -> e.respond(answer));
                RawConnection connection = server.connect()) {
            assertThat(connection
                            .send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
                            .read("HEAD")
                            .field("Content-Length"))
                    .isEqualTo("5000000");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void tellNoLengthThatIsUnknown(boolean buffered) throws Exception {
        Response answer = new Response(200, Headers.none(), new Held(closed, buffered, OptionalLong.empty()));
        try (TestServer server = TestServer.start(e -> e.respond(answer));
                RawConnection connection = server.connect()) {
            for (int i = 0; i < 2; i++) {
                assertThat(connection
                                .send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n")
                                .read("HEAD")
                                .fields())
                        .doesNotContainKey("Content-Length");
            }
        }
    }

    /** Content that holds something; nobody may read it. */
    private record Held(AtomicInteger closed, boolean buffered, OptionalLong length) implements Body, Closeable {
        @Override
        public ByteBuffer buffer() {
            return ByteBuffer.allocate(0);
        }

        @Override
        public InputStream stream() {
            throw new AssertionError("Nobody reads this.");
        }

        @Override
        public void writeTo(OutputStream sink) {
            throw new AssertionError("Nobody reads this.");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
