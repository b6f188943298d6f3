// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.http.HttpSettings.Linger;
import dev.mortise.kernel.port.HttpGateway;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Components;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of the rest of a request whose answer is written. */
@Timeout(60)
class LingeringTest {
    private static final HttpGateway READING = Gateways.readingLength();
    private static final String LARGE = "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000000000\r\n\r\nx";

    private final List<String> happened = new ArrayList<>();
    private final List<Runnable> timers = new ArrayList<>();

    @Test
    void isTakenUpToItsLimit() throws Exception {
        Linger patient = new Linger(Duration.ofMinutes(5), 1024);
        try (TestServer server = TestServer.start(TestServer.LIMITS, patient, READING);
                RawConnection connection = server.connect()) {
            connection.send(LARGE);
            assertThat(connection.read().status()).isEqualTo(413);

            connection.send("x".repeat(100_000));
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void isTakenUntilItsTimeIsOver() throws Exception {
        Linger hasty = new Linger(Duration.ofMillis(100), 1 << 20);
        try (TestServer server = TestServer.start(TestServer.LIMITS, hasty, READING);
                RawConnection connection = server.connect()) {
            connection.send(LARGE);
            assertThat(connection.read().status()).isEqualTo(413);

            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void holdsNoTimerWhenAllIsHere() {
        lingering(Content.Chunk.EOF).succeeded();

        assertThat(happened).containsExactly("timer cancelled", "over");
    }

    @Test
    void isLeftToAReaderThatWaitsForItForAsLongAsItMayTake() {
        lingering(null).succeeded();
        assertThat(happened).isEmpty();

        timers.get(0).run();
        assertThat(happened).containsExactly("timer cancelled", "over");
    }

    private Lingering lingering(Content.Chunk next) {
        Scheduler scheduler = fake(Scheduler.class, (method, arguments) -> {
            timers.add((Runnable) arguments[0]);
            return (Scheduler.Task) () -> happened.add("timer cancelled");
        });
        Request request = fake(Request.class, (method, arguments) -> switch (method) {
            case "getHeaders" -> HttpFields.EMPTY;
            case "getComponents" -> fake(Components.class, (name, more) -> scheduler);
            case "getConnectionMetaData" -> fake(ConnectionMetaData.class, (name, more) -> null);
            case "read" -> next;
            case "demand" -> throw new IllegalArgumentException("demand pending");
            default -> method;
        });
        return new Lingering(request, Callback.from(() -> happened.add("over")), TestServer.LINGER);
    }

    private interface Answers {
        Object answer(String method, Object[] arguments);
    }

    private static <T> T fake(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.answer(method.getName(), arguments)));
    }
}
