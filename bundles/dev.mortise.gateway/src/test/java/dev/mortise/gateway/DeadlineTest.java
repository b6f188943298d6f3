// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.auth.Action;
import dev.mortise.api.auth.AuthRequest;
import dev.mortise.api.auth.Authentication;
import dev.mortise.api.auth.Decision;
import dev.mortise.api.call.Identity;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.AccessControl;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class DeadlineTest {
    private static final Duration SHORT = Duration.ofMillis(400);

    private final TestGateway gateway = TestGateway.open();
    private final CountDownLatch never = new CountDownLatch(1);

    @AfterEach
    void close() {
        never.countDown();
        gateway.close();
    }

    @Test
    void aBodyThatWritesItselfHasTheLongestTimeThatThereIs() {
        try (TestGateway hasty = new TestGateway(new Settings(
                Duration.ofSeconds(2),
                Duration.ofSeconds(2),
                8,
                1000,
                Set.of(),
                TestGateway.GUARDS,
                TestGateway.REGISTRY,
                false))) {
            hasty.routing.open();
            hasty.put(plugin("slow")
                    .streaming("GET", "/events")
                    .offers("slow.things", "1.0.0")
                    .route("GET", "/events", request -> slow(2500))
                    .route("GET", "/report", request -> slow(60_000)));

            FakeExchange report =
                    hasty.send(get("/api/v1/p/slow/report").as("alice").reading());
            assertThat(report.written()).isEqualTo("begin");
            FakeExchange events =
                    hasty.send(get("/api/v1/p/slow/events").as("alice").reading());
            assertThat(events.written()).isEqualTo("beginend");
        }
    }

    private static Response slow(long millis) {
        return Response.of(200, "text/plain", Body.writing(sink -> {
            sink.write("begin".getBytes(StandardCharsets.UTF_8));
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                throw new InterruptedIOException("InterruptedException");
            }
            sink.write("end".getBytes(StandardCharsets.UTF_8));
        }));
    }

    @Test
    void answersFromAnotherThreadWhenTheHandlerIsLate() {
        gateway.put(plugin("slow")
                .within("GET", "/", SHORT)
                .offers("slow.things", "1.0.0")
                .route("GET", "/", request -> {
                    never.await();
                    return Response.text("late");
                }));

        FakeExchange answer = gateway.send(get("/api/v1/p/slow").as("alice"));

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.code()).isEqualTo("DEADLINE_EXCEEDED");
        assertThat(answer.answeringThread()).isEqualTo("mortise-gateway-deadlines");
        assertThat(answer.field("X-Request-Id")).isNotEqualTo("absent");
    }

    @Test
    void interruptsTheLateHandlerAndLeavesItsThreadClean() {
        AtomicBoolean interrupted = new AtomicBoolean();
        gateway.put(plugin("slow")
                .within("GET", "/", SHORT)
                .offers("slow.things", "1.0.0")
                .route("GET", "/", request -> {
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        interrupted.set(true);
                        Thread.currentThread().interrupt();
                    }
                    return Response.text("late");
                }));

        FakeExchange answer = gateway.send(get("/api/v1/p/slow").as("alice"));

        assertThat(interrupted).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.answers()).isEqualTo(1);
    }

    @Test
    void answersWhileAHandlerThatIgnoresInterruptsGoesOn() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        gateway.put(plugin("deaf")
                .within("GET", "/", SHORT)
                .offers("deaf.things", "1.0.0")
                .route("GET", "/", request -> {
                    while (!stop.get()) {
                        Thread.onSpinWait();
                    }
                    return Response.text("late");
                }));
        FakeExchange exchange = get("/api/v1/p/deaf").as("alice");

        Thread caller = new Thread(() -> gateway.send(exchange));
        caller.start();

        assertThat(exchange.status()).isEqualTo(504);
        assertThat(caller.isAlive()).isTrue();
        stop.set(true);
        caller.join();
        assertThat(exchange.answers()).isEqualTo(1);
    }

    @Test
    void doesNotCallTheHandlerWhenAuthenticatingTookAllTheTime() {
        AtomicBoolean called = new AtomicBoolean();
        Settings hasty = new Settings(SHORT, SHORT, 8, 1000, Set.of(), TestGateway.GUARDS, TestGateway.REGISTRY, false);
        try (TestGateway impatient = new TestGateway(hasty)) {
            impatient.routing.open();
            impatient.put(plugin("any").route("GET", "/", request -> {
                called.set(true);
                return Response.status(204);
            }));
            impatient.neighbours.bindAccess(new SlowAccess(impatient.access));

            FakeExchange answer = impatient.send(get("/api/v1/p/any").as("alice"));

            assertThat(answer.status()).isEqualTo(504);
            assertThat(called).isFalse();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    /** Says who calls only when it is too late. */
    private record SlowAccess(AccessControl access) implements AccessControl {
        @Override
        public Authentication authenticate(AuthRequest request) {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            return access.authenticate(request);
        }

        @Override
        public Decision authorize(Identity identity, Action action) {
            return access.authorize(identity, action);
        }
    }

    @Test
    void countsALateHandlerAsRunningUntilItEnds() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        TestPlugin deaf = plugin("deaf")
                .within("GET", "/", SHORT)
                .offers("deaf.things", "1.0.0")
                .route("GET", "/", request -> {
                    awaitWhateverComes(release);
                    return Response.text("late");
                });
        gateway.put(deaf);
        FakeExchange exchange = get("/api/v1/p/deaf").as("alice");
        Thread caller = new Thread(() -> gateway.send(exchange));
        caller.start();
        assertThat(exchange.status()).isEqualTo(504);

        gateway.remove("deaf");
        var drained = gateway.routing.drained(deaf.identity()).toCompletableFuture();

        assertThat(drained).isNotDone();
        release.countDown();
        caller.join();
        await().until(drained::isDone);
    }

    @Test
    void cutsTheTimeOfAnEndpointAtTheLimit() {
        AtomicReference<Duration> remaining = new AtomicReference<>();
        gateway.put(plugin("long")
                .within("GET", "/", Duration.ofHours(1))
                .offers("long.things", "1.0.0")
                .route("GET", "/", request -> {
                    remaining.set(request.context().remaining());
                    return Response.status(204);
                }));

        gateway.send(get("/api/v1/p/long").as("alice"));

        assertThat(remaining.get()).isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60));
    }

    @Test
    void givesStreamsNoDeadline() {
        AtomicReference<Duration> remaining = new AtomicReference<>();
        gateway.put(plugin("stream")
                .streaming("GET", "/")
                .offers("stream.things", "1.0.0")
                .route("GET", "/", request -> {
                    remaining.set(request.context().remaining());
                    return Response.status(204);
                }));

        gateway.send(get("/api/v1/p/stream").as("alice"));

        assertThat(remaining.get()).isGreaterThan(Duration.ofHours(1));
    }

    @Test
    void doesNotHoldTheDeadlineAgainstTheWritingOfTheAnswer() {
        gateway.put(plugin("download")
                .within("GET", "/", SHORT)
                .offers("download.things", "1.0.0")
                .route(
                        "GET",
                        "/",
                        request -> Response.of(200, "text/plain", Body.writing(sink -> {
                            long end = System.nanoTime() + SHORT.multipliedBy(2).toNanos();
                            while (System.nanoTime() < end) {
                                Thread.onSpinWait();
                            }
                            sink.write(Thread.currentThread().isInterrupted() ? 'i' : 'w');
                        }))));

        FakeExchange answer = gateway.send(get("/api/v1/p/download").as("alice").reading());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.written()).isEqualTo("w");
    }

    private static void awaitWhateverComes(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            Thread.onSpinWait();
        }
    }
}
