// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.HttpGateway;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class FieldLimitsTest {
    private static final HttpGateway READING = Gateways.readingLength();

    @Test
    void refusesTooManyBytes() throws Exception {
        try (TestServer server = TestServer.start(READING)) {
            var answer = server.ask("GET / HTTP/1.1\r\nHost: h\r\nX: " + "x".repeat(20_000) + "\r\n\r\n");

            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body())
                    .contains("\"code\":\"HEADERS_TOO_LARGE\"", "more than 16 KB", "'header.max.kb'")
                    .doesNotContain("well-formed");
            assertThat(answer.field("Connection")).isEqualTo("close");
        }
    }

    @Test
    void refusesATargetThatIsTooLong() throws Exception {
        try (TestServer server = TestServer.start(READING)) {
            var answer = server.ask("GET /" + "x".repeat(64_000) + " HTTP/1.1\r\nHost: h\r\n\r\n");

            assertThat(answer.status()).isEqualTo(414);
            assertThat(answer.body()).contains("\"code\":\"URI_TOO_LONG\"", "'header.max.kb'");
        }
    }

    @Test
    void refusesTooManyFields() throws Exception {
        try (TestServer server = TestServer.start(READING)) {
            var answer = server.ask("GET / HTTP/1.1\r\nHost: h\r\n" + "X: 1\r\n".repeat(200) + "\r\n");

            assertThat(answer.status()).isEqualTo(431);
            assertThat(answer.body()).contains("\"code\":\"HEADERS_TOO_LARGE\"", "at most 200 fields");
        }
    }

    @Test
    void closesAConnectionWhoseFieldsDoNotEnd() throws Exception {
        try (TestServer server = TestServer.start(TestServer.hastyForFields(), READING);
                RawConnection connection = server.connect()) {
            connection.send("GET / HTTP/1.1\r\nHost: h\r\nX-");

            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void closesItAlsoWhileTheyTrickle() throws Exception {
        try (TestServer server = TestServer.start(TestServer.hastyForFields(), READING);
                RawConnection connection = server.connect()) {
            connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read();
            connection.send("GET / HTTP/1.1\r\nHost: h\r\n");

            assertThat(trickle(connection)).isTrue();
        }
    }

    @Test
    void leavesARequestAloneWhoseFieldsAreComplete() throws Exception {
        try (TestServer server =
                TestServer.start(TestServer.hastyForFields(), Gateways.after(Duration.ofMillis(2500), READING))) {
            assertThat(server.ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").body()).isEqualTo("0");
        }
    }

    private static boolean trickle(RawConnection connection) {
        try {
            for (int i = 0; i < 100; i++) {
                connection.send("x");
                Gateways.pause(Duration.ofMillis(100));
            }
            return false;
        } catch (IOException closed) {
            return true;
        }
    }
}
