// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.api.service.ServiceException;
import dev.mortise.api.service.ServiceRequest;
import dev.mortise.api.service.ServiceResponse;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import dev.mortise.testkit.port.MemoryMeters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class AsyncCallsTest {
    private final CountDownLatch release = new CountDownLatch(1);
    private final TestPlugin reports = plugin("reports").needs("slow", "slow.things", "^1.0.0");
    private final TestPlugin stock = plugin("stock").needs("slow", "slow.things", "^1.0.0");
    private final TestPlugin site = plugin("site").needs("slow", "slow.things", "^1.0.0");
    private final TestGateway gateway = TestGateway.open(
            reports,
            stock,
            site,
            plugin("slow")
                    .endpoint("GET", "/held")
                    .endpoint("GET", "/quick")
                    .offers("slow.things", "1.0.0")
                    .route("GET", "/held", request -> {
                        release.await();
                        return Response.text("held");
                    })
                    .route(
                            "GET",
                            "/quick",
                            request -> Response.text(Thread.currentThread().getName())));
    private final ServiceClient client = gateway.client(reports);

    @AfterEach
    void close() {
        release.countDown();
        gateway.close();
    }

    @Test
    void callsInTheBackgroundInTheContextOfTheCaller() throws Exception {
        ServiceResponse response =
                send("/quick", TestGateway.call(FakeAccess.ALICE)).get(5, TimeUnit.SECONDS);

        assertThat(response.body().text()).startsWith("mortise-async-");
    }

    @Test
    void runsWhatHangsOnTheAnswerInTheContextToo() throws Exception {
        Call call = TestGateway.call(FakeAccess.ALICE);
        AtomicReference<Object> seen = new AtomicReference<>();

        CompletableFuture<ServiceResponse> held = send("/held", call);
        CompletableFuture<Void> then =
                held.thenAccept(response -> seen.set(BoundContext.find().orElse(null)));
        release.countDown();
        then.get(5, TimeUnit.SECONDS);

        assertThat(seen.get()).isSameAs(call);
    }

    @Test
    void runsWhatHangsOnAFaultInTheContextToo() throws Exception {
        Call call = TestGateway.call(FakeAccess.ALICE);
        AtomicReference<Object> seen = new AtomicReference<>();
        for (int i = 0; i < 4; i++) {
            send("/held", call);
        }

        CompletableFuture<Throwable> then = send("/nothing", call).handle((response, fault) -> {
            seen.set(BoundContext.find().orElse(null));
            return fault;
        });
        release.countDown();

        assertThat(then.get(5, TimeUnit.SECONDS)).isInstanceOf(ServiceException.class);
        assertThat(seen.get()).isSameAs(call);
    }

    @Test
    void failsAsTheCallItselfWould() {
        Throwable thrown = catchThrowable(
                () -> send("/nothing", TestGateway.call(FakeAccess.ALICE)).get(5, TimeUnit.SECONDS));

        assertThat(thrown).isInstanceOf(ExecutionException.class);
        assertThat(((ServiceException) thrown.getCause()).code()).isEqualTo(ErrorCode.ENDPOINT_NOT_FOUND);
    }

    @Test
    void refusesMoreThanMayWait() throws Exception {
        MemoryMeters meters = new MemoryMeters();
        gateway.neighbours.bindMeters(meters);
        Call call = TestGateway.call(FakeAccess.ALICE);
        List<CompletableFuture<ServiceResponse>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(send("/held", call));
        }

        Throwable thrown = catchThrowable(() -> send("/held", call).get(5, TimeUnit.SECONDS));

        assertThat(((MortiseException) thrown.getCause()).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(meters.of("mortise.refusals"))
                .isEqualTo(Map.of("mortise.refusals{code=SERVICE_UNAVAILABLE, plugin=slow}", 1L));
        release.countDown();
        for (CompletableFuture<ServiceResponse> running : calls) {
            assertThat(running.get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
        }
    }

    @Test
    void interruptsACallAtTheDeadlineOfItsContext() {
        Call shortly = within(Duration.ofMillis(50));

        Throwable thrown = catchThrowable(() -> send("/held", shortly).get(5, TimeUnit.SECONDS));

        assertThat(((MortiseException) thrown.getCause()).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }

    @Test
    void aSlowProviderHoldsUpNobodyElse() throws Exception {
        for (int i = 0; i < 8; i++) {
            send("/held", TestGateway.call(FakeAccess.ALICE));
        }

        assertThat(sendOf(stock, "/quick").get(5, TimeUnit.SECONDS).status()).isEqualTo(200);
    }

    @Test
    void refusesWhatFindsNoThread() throws Exception {
        for (int i = 0; i < 4; i++) {
            send("/held", TestGateway.call(FakeAccess.ALICE));
            sendOf(stock, "/held");
        }
        Throwable thrown = catchThrowable(() -> sendOf(site, "/quick").get(5, TimeUnit.SECONDS));

        assertThat(((MortiseException) thrown.getCause()).code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE);
        assertThat(thrown.getCause()).hasMessageContaining("All 8 threads for calls in the background are taken");
        release.countDown();
        await().until(() ->
                !sendOf(site, "/quick").handle((answer, fault) -> fault != null).get(5, TimeUnit.SECONDS));
    }

    @Test
    void tellsWhoWaitsAtHisDeadline() throws Exception {
        for (int i = 0; i < 4; i++) {
            send("/held", TestGateway.call(FakeAccess.ALICE));
        }
        AtomicReference<Object> seen = new AtomicReference<>();
        Call shortly = within(Duration.ofMillis(50));

        // In the context here too: on a busy machine it may have been told before this hangs on it.
        CompletableFuture<ServiceResponse> told = BoundContext.call(shortly, () -> send("/quick", shortly)
                .whenComplete((answer, fault) -> seen.set(BoundContext.find().orElse(null))));
        Throwable thrown = catchThrowable(() -> told.get(5, TimeUnit.SECONDS));

        assertThat(((MortiseException) thrown.getCause()).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(thrown.getCause()).hasMessageContaining("waited for a thread in the background");
        assertThat(seen.get()).isSameAs(shortly);
    }

    @Test
    void interruptsACallOnAThreadThatNobodyWatches() {
        Throwable thrown = catchThrowable(
                () -> BoundContext.call(within(Duration.ofMillis(50)), () -> client.service("slow.things")
                        .send(ServiceRequest.of("GET", "/held"))));

        assertThat(((MortiseException) thrown).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void tellsWhoWaitsAtTheEnd() throws Exception {
        for (int i = 0; i < 4; i++) {
            send("/held", TestGateway.call(FakeAccess.ALICE));
        }
        CompletableFuture<ServiceResponse> waits = send("/quick", TestGateway.call(FakeAccess.ALICE));

        gateway.close();

        Throwable thrown = catchThrowable(() -> waits.get(5, TimeUnit.SECONDS));
        assertThat(thrown.getCause()).hasMessageContaining("Mortise stops");
    }

    private CompletableFuture<ServiceResponse> sendOf(TestPlugin plugin, String path) throws Exception {
        return BoundContext.call(TestGateway.call(FakeAccess.ALICE), () -> gateway.client(plugin)
                .service("slow.things")
                .sendAsync(ServiceRequest.of("GET", path))
                .toCompletableFuture());
    }

    private static Call within(Duration time) {
        Call alice = TestGateway.call(FakeAccess.ALICE);
        return new Call(
                alice.tenant(),
                alice.identity(),
                alice.caller(),
                alice.requestId(),
                alice.traceparent(),
                System.nanoTime() + time.toNanos(),
                0);
    }

    private CompletableFuture<ServiceResponse> send(String path, Call call) throws Exception {
        return BoundContext.call(call, () -> client.service("slow.things")
                .sendAsync(ServiceRequest.of("GET", path))
                .toCompletableFuture());
    }
}
