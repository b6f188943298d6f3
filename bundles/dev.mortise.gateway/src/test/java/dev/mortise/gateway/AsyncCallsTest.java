// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

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
    private final TestGateway gateway = TestGateway.open(
            reports,
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
        Call alice = TestGateway.call(FakeAccess.ALICE);
        Call shortly = new Call(
                alice.tenant(),
                alice.identity(),
                alice.caller(),
                alice.requestId(),
                alice.traceparent(),
                System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(50),
                0);

        Throwable thrown = catchThrowable(() -> send("/held", shortly).get(5, TimeUnit.SECONDS));

        assertThat(((MortiseException) thrown.getCause()).code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
    }

    private CompletableFuture<ServiceResponse> send(String path, Call call) throws Exception {
        return BoundContext.call(call, () -> client.service("slow.things")
                .sendAsync(ServiceRequest.of("GET", path))
                .toCompletableFuture());
    }
}
