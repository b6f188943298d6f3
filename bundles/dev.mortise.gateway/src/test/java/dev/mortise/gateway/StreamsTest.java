// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.gateway.guard.GuardSettings;
import dev.mortise.gateway.guard.OpenStreams;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class StreamsTest {
    private static final String PATH = "/api/v1/p/events/stream";
    private static final String END = "end";

    private final AtomicBoolean interrupted = new AtomicBoolean();
    private final CountDownLatch release = new CountDownLatch(1);
    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final TestGateway gateway = new TestGateway(idleAfter(Duration.ofMillis(1500)));

    @AfterEach
    void close() {
        release.countDown();
        gateway.close();
    }

    @Test
    void anAnswerThatDoesNotBeginIs504() {
        open(request -> {
            release.await();
            return Response.text("late");
        });

        FakeExchange answer = gateway.send(get(PATH).as("alice"));

        assertThat(answer.status()).isEqualTo(504);
        assertThat(answer.detail()).contains("did not begin its stream", "streams.idle.seconds");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void aStreamThatSaysNothingIsInterrupted() {
        open(request -> stream(this::tell));

        FakeExchange answer = gateway.send(get(PATH).as("alice").reading());

        assertThat(answer.written()).isEqualTo("begin ");
        assertThat(interrupted).isTrue();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(stay().stuck().count()).isZero();
        assertThat(answer.aborted()).isFalse();
    }

    @Test
    void aStreamThatGoesOnIsLeftAlone() {
        AtomicInteger left = new AtomicInteger(12);
        open(request -> stream(sink -> {
            while (left.decrementAndGet() > 0) {
                pause(Duration.ofMillis(200));
                sink.write('.');
            }
        }));

        FakeExchange answer = gateway.send(get(PATH).as("alice").reading());

        assertThat(answer.written()).isEqualTo("...........");
        assertThat(interrupted).isFalse();
    }

    @Test
    void aClientThatTakesItsTimeIsNoSilence() throws Exception {
        Recorder recorder = new Recorder(
                gateway.neighbours,
                new CallLog(TestGateway.CLOCK, LineLimit.perSecond(5, System::nanoTime)),
                new RepeatedWarnings(Duration.ofMinutes(1), System::nanoTime));
        Passage passage = new Passage(get(PATH), new Means(gateway.gate, gateway.deadlines, recorder, gateway.live));
        OpenStream.Rule rule =
                new OpenStream.Rule(new OpenStreams(), Duration.ofMillis(500).toNanos());
        OpenStream stream = OpenStream.begin(Body.writing(sink -> sink.write('.')), passage, rule, gateway.deadlines);

        stream.writeTo(new OutputStream() {
            @Override
            public void write(int b) {
                pause(Duration.ofMillis(1200));
            }
        });
        stream.over();

        assertThat(interrupted).isFalse();
    }

    @Test
    void oneThatIgnoresItsInterruptIsCutOffAndCountedAsStuck() throws Exception {
        open(request -> stream(sink -> {
            while (release.getCount() > 0) {
                Thread.onSpinWait();
            }
        }));
        FakeExchange answer = get(PATH).as("alice").reading();

        CompletableFuture<Void> call = send(answer);

        await().until(answer::aborted);
        assertThat(stay().stuck().count()).isOne();
        release.countDown();
        await().until(call::isDone);
        assertThat(stay().stuck().count()).isZero();
    }

    @Test
    void atASwitchStreamsEndInOrderAndTheOldVersionIsIdle() throws Exception {
        TestPlugin old = open(request -> stream(this::tell));
        FakeExchange answer = get(PATH).as("alice").reading();
        CompletableFuture<Void> call = send(answer);
        await().until(() -> answer.written().equals("begin "));

        gateway.put(version("2.0.0", request -> stream(this::tell)));

        call.get(10, TimeUnit.SECONDS);
        assertThat(interrupted).isTrue();
        assertThat(answer.answers()).isOne();
        assertThat(gateway.routing.drained(old.identity()).toCompletableFuture())
                .isCompleted();
        events.add("new ");
        events.add(END);
        assertThat(gateway.send(get(PATH).as("alice").reading()).written()).isEqualTo("begin new ");
    }

    @Test
    void oneThatIsPassedOnEndsInOrderWhenTheVersionLeavesThatItComesFrom() throws Exception {
        TestPlugin old = open(request -> stream(sink -> {
            sink.write("..".getBytes(StandardCharsets.UTF_8));
            while (!interrupted.get()) {
                pause(Duration.ofMillis(50)); // whoever writes in that moment hears of the end by a fault alone
            }
            sink.write('.');
        }));
        gateway.put(passingOn());
        FakeExchange answer = get("/api/v1/p/front/stream").as("alice").reading();
        CompletableFuture<Void> call = send(answer);
        await().until(() -> answer.written().equals(".."));

        gateway.put(version("1.1.0", request -> stream(this::tell)));

        call.get(10, TimeUnit.SECONDS);
        assertThat(interrupted).isTrue();
        assertThat(answer.answers()).isOne();
        assertThat(answer.aborted()).isFalse();
        assertThat(gateway.routing.drained(old.identity()).toCompletableFuture())
                .isCompleted();
    }

    private TestPlugin passingOn() {
        TestPlugin front = plugin("front")
                .streaming("GET", "/stream")
                .offers("front.feed", "1.0.0")
                .needs("events", "events.feed", "^1.0.0");
        return front.route("GET", "/stream", request -> {
            ServiceResponse source =
                    gateway.client(front).service("events.feed").get("/stream");
            return Response.of(200, "text/event-stream", source.body());
        });
    }

    @Test
    void aWriterThatNeverWaitsEndsWithItsNextWrite() throws Exception {
        open(request -> stream(sink -> {
            while (true) {
                sink.write('.');
            }
        }));
        FakeExchange answer = get(PATH).as("alice").reading();
        CompletableFuture<Void> call = send(answer);
        await().until(() -> !answer.written().isEmpty());

        gateway.remove("events");

        call.get(10, TimeUnit.SECONDS);
    }

    @Test
    void atTheEndNoStreamBeginsAnyMoreAndOtherCallsAreAnswered() throws Exception {
        open(request -> stream(this::tell));
        FakeExchange open = get(PATH).as("alice").reading();
        CompletableFuture<Void> call = send(open);
        await().until(() -> open.written().equals("begin "));

        gateway.routing.endStreams();

        call.get(10, TimeUnit.SECONDS);
        FakeExchange refused = gateway.send(get(PATH).as("alice").reading());
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.field("Retry-After")).isEqualTo("1");
        assertThat(gateway.send(get("/api/v1/p/events/quick").as("alice")).status())
                .isEqualTo(200);
    }

    /** Tells of events until it is interrupted, which it takes for a fault. */
    private void tell(OutputStream sink) throws IOException {
        sink.write("begin ".getBytes(StandardCharsets.UTF_8));
        try {
            for (String event = events.take(); !event.equals(END); event = events.take()) {
                sink.write(event.getBytes(StandardCharsets.UTF_8));
            }
        } catch (InterruptedException e) {
            interrupted.set(true);
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            interrupted.compareAndSet(false, Thread.currentThread().isInterrupted());
            Thread.onSpinWait();
        }
    }

    private static Response stream(Body.Writer writer) {
        return Response.of(200, "text/event-stream", Body.writing(writer));
    }

    private TestPlugin open(Handler handler) {
        gateway.routing.open();
        TestPlugin plugin = version("1.0.0", handler);
        gateway.put(plugin);
        return plugin;
    }

    private static TestPlugin version(String version, Handler handler) {
        return plugin("events")
                .version(version)
                .streaming("GET", "/stream")
                .offers("events.feed", "1.0.0")
                .route("GET", "/stream", handler)
                .route("GET", "/quick", request -> Response.text("quick"));
    }

    private CompletableFuture<Void> send(FakeExchange exchange) {
        return CompletableFuture.runAsync(() -> gateway.send(exchange));
    }

    private Stay stay() {
        return gateway.routing.snapshot().plugin("events").owner().stay();
    }

    private static Settings idleAfter(Duration idle) {
        GuardSettings usual = TestGateway.GUARDS;
        return new Settings(
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                8,
                1000,
                Set.of(),
                new GuardSettings(
                        usual.places(),
                        idle,
                        usual.breaker(),
                        usual.elsewhereOpen(),
                        usual.ejection(),
                        usual.retry(),
                        usual.rateBuckets(),
                        usual.cache()),
                TestGateway.REGISTRY,
                false);
    }
}
