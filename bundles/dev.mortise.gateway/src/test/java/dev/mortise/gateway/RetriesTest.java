// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceException;
import dev.mortise.kernel.admin.Registry;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.RemoteCalls;
import java.io.Closeable;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What bounds retries, where nothing else keeps calls from instances that fail. */
@Timeout(30)
class RetriesTest {
    private static final String PRODUCTS = "/api/v1/s/inventory.products/products";
    private static final int CALLS = 300;
    private static final Duration SLOWLY = Duration.ofMillis(300);

    private final TestPlugin inventory = TestPlugin.inventory();
    private final TestGateway gateway = new TestGateway(
            Settings.of(TestConfig.with(Map.of("breaker_failures", 100_000, "ejection_failures", 100_000))));

    private final TestPlugin reports = plugin("reports").needs("inventory", "inventory.products", "^1.0.0");
    private PluginManifest manifest = withPut("1000000").manifest();

    RetriesTest() {
        gateway.routing.open();
        gateway.put(inventory.in(PluginState.WAITING, "It waits."), reports);
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void takeNoLongerThanTheEndpointMayOnce() {
        List<FakeRemote.Program> programs = List.of(
                starts("http://10.0.0.1:9000", request -> slowly(Response.status(503))),
                starts("http://10.0.0.2:9000", request -> slowly(Response.status(503))));

        assertThatThrownBy(() -> gateway.ask(reports, "inventory.products", "/products"))
                .isInstanceOf(ServiceException.class);

        List<RemoteCalls.Outgoing> tries =
                programs.stream().flatMap(program -> program.came.stream()).toList();
        assertThat(tries).hasSize(2);
        assertThat(Math.abs(tries.get(0).deadlineNanos() - tries.get(1).deadlineNanos()))
                .isLessThan(SLOWLY.toNanos());
    }

    private static Response slowly(Response response) {
        long begin = System.nanoTime();
        await().until(() -> System.nanoTime() - begin > SLOWLY.toNanos());
        return response;
    }

    @Test
    void areAFifthOfTheCallsAtMost() {
        List<FakeRemote.Program> programs = List.of(
                starts("http://10.0.0.1:9000", request -> Response.status(503)),
                starts("http://10.0.0.2:9000", request -> Response.status(503)));

        int refused = 0;
        for (int i = 0; i < CALLS; i++) {
            refused += gateway.send(get(PRODUCTS).as("reports")).status() == 503 ? 1 : 0;
        }

        assertThat(refused).isEqualTo(CALLS);
        int came = programs.stream().mapToInt(program -> program.came.size()).sum();
        assertThat(came).isBetween((int) (CALLS * 1.15), (int) (CALLS * 1.2) + 3);
    }

    @Test
    void neverRepeatABodyThatCameOnce() {
        FakeRemote.Program one = starts("http://10.0.0.1:9000", request -> Response.status(503));
        FakeRemote.Program other = starts("http://10.0.0.2:9000", request -> Response.status(503));

        for (int i = 0; i < 10; i++) {
            gateway.send(FakeExchange.of("PUT", PRODUCTS).as("reports").body(stream()));
        }

        assertThat(one.came.size() + other.came.size()).isEqualTo(10);
    }

    @Test
    void giveBackTheAnswerThatNobodyGets() {
        AtomicInteger closed = new AtomicInteger();
        starts("http://10.0.0.1:9000", request -> new Response(503, request.headers(), new Held(closed)));
        starts("http://10.0.0.2:9000", request -> Response.text("good"));

        for (int i = 0; closed.get() == 0 && i < 100; i++) {
            assertThat(gateway.send(get(PRODUCTS).as("reports")).text()).isEqualTo("good");
        }

        assertThat(closed).hasValue(1);
    }

    @Test
    void takeNoMoreOfTheRate() {
        manifest = withPut("2").manifest();
        starts("http://10.0.0.1:9000", request -> Response.status(503));
        starts("http://10.0.0.2:9000", request -> Response.status(503));

        FakeExchange first = gateway.send(get(PRODUCTS).as("reports"));

        assertThat(first.status()).isEqualTo(503);
        assertThat(first.field("RateLimit")).contains("r=1");
    }

    private FakeRemote.Program starts(String address, FakeRemote.Answers answers) {
        FakeRemote.Program program = gateway.remote.at(address, answers);
        assertThat(gateway.registry.register(
                        Announced.by("token-1", "inventory", Optional.of(manifest), address, false)))
                .isInstanceOf(Registry.Registered.Done.class);
        return program;
    }

    private static TestPlugin withPut(String rate) {
        return plugin("inventory")
                .saying(Map.of("rateLimit", rate))
                .within("GET", "/products", Duration.ofSeconds(10))
                .endpoint("PUT", "/products")
                .offers("inventory.products", "1.0.0");
    }

    private static Body stream() {
        return Body.writing(sink -> sink.write('x'));
    }

    /** A stream over something that must be given back. */
    private record Held(AtomicInteger closed) implements Body, Closeable {
        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public ByteBuffer buffer() {
            throw new AssertionError("Nobody gets this answer.");
        }

        @Override
        public InputStream stream() {
            throw new AssertionError("Nobody gets this answer.");
        }

        @Override
        public void writeTo(OutputStream sink) {
            throw new AssertionError("Nobody gets this answer.");
        }

        @Override
        public boolean buffered() {
            return false;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
