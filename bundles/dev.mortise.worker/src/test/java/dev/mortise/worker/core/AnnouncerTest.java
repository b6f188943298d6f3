// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.worker.FakeCore;
import dev.mortise.worker.FakeCore.Reply;
import dev.mortise.worker.given.ClassPath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AnnouncerTest {
    private static final String REGISTER = "POST /api/v1/services/register";
    private static final String HEARTBEAT = "POST /api/v1/services/heartbeat";
    private static final String LEASE =
            "{'serviceId':'s-1','lease':{'token':'l-1','ttlSeconds':3},'heartbeatSeconds':1,'hopKey':'k-1'}";

    private final List<String> keys = new CopyOnWriteArrayList<>();
    private FakeCore core;
    private Announcer announcer;
    private volatile String health = "HEALTHY";

    @BeforeEach
    void start() throws IOException {
        core = new FakeCore(0);
        announcer = announcer();
    }

    @AfterEach
    void end() {
        announcer.close();
        core.close();
    }

    @Test
    void itIsThereUntilItGoes() {
        core.answering(request -> answer(request, new Reply(200, "{'status':'HEALTHY'}")));
        CompletableFuture<Optional<String>> end = run();

        await().until(() -> core.count(HEARTBEAT) >= 2);
        announcer.close();

        assertThat(end.join()).isEmpty();
        assertThat(keys).containsExactly("k-1");
        assertThat(core.count(REGISTER)).isEqualTo(1);
        assertThat(core.count("DELETE /api/v1/services/deregister")).isEqualTo(1);
        assertThat(core.asked().get(0).body())
                .contains("\"manifest\":{\"id\":\"hello\"}", "\"baseUrl\":\"http://me:1\"", "\"tenantId\":\"acme\"");
        assertThat(core.asked().get(0).field("Authorization")).contains("Bearer secret");
        assertThat(core.asked().get(1).body()).contains("\"leaseToken\":\"l-1\"");
    }

    @Test
    void aCoreThatForgotItIsToldAgain() {
        core.answering(request -> answer(request, new Reply(404, "{}")));
        CompletableFuture<Optional<String>> end = run();

        await().until(() -> core.count(REGISTER) >= 2);

        assertThat(end).isNotDone();
    }

    @Test
    void whosePlaceAnotherHasDoesNotTakeItBack() {
        core.answering(request -> answer(request, new Reply(409, "{'detail':'Another process holds it.'}")));

        CompletableFuture<Optional<String>> end = run();

        await().until(end::isDone);
        assertThat(end.join()).hasValueSatisfying(text -> assertThat(text).contains("Another process holds it."));
        assertThat(core.count(REGISTER)).isEqualTo(1);
    }

    @Test
    void aCoreThatIsAwayIsAskedAgain() throws IOException {
        int port = core.port();
        core.close();
        CompletableFuture<Optional<String>> end = run();

        core = new FakeCore(port).answering(request -> answer(request, new Reply(200, "{'status':'HEALTHY'}")));

        await().until(() -> !keys.isEmpty());
        assertThat(end).isNotDone();
    }

    @Test
    void aCoreThatRefusesIsNotAskedAgain() {
        for (int status : new int[] {400, 401, 403, 409}) {
            core.answering(request -> new Reply(status, "{'detail':'no'}"));

            assertThat(run().join()).as("status " + status).hasValueSatisfying(text -> assertThat(text)
                    .contains("no"));
        }
        core.answering(request -> new Reply(503, "{}"));
        assertThat(run()).as("not now is no refusal").isNotDone();
    }

    @Test
    void whoIsIllSaysSo() {
        health = "DEGRADED";
        core.answering(request -> answer(request, new Reply(200, "{'status':'HEALTHY'}")));
        run();
        await().until(() -> core.asked().stream()
                .anyMatch(one -> one.line().equals("PUT /api/v1/services/s-1/health")
                        && one.body().contains("DEGRADED")));

        health = "UNAVAILABLE";
        await().until(() -> core.asked().stream().anyMatch(one -> one.body().contains("UNAVAILABLE")));
        long before = core.count(HEARTBEAT);
        long told = core.count("PUT");
        await().until(() -> core.count("PUT") > told);

        assertThat(core.count(HEARTBEAT))
                .as("a heartbeat would say that all is well")
                .isEqualTo(before);
    }

    @Test
    void whoAsksForKeysWaitsForThoseThatAreOnTheirWay() {
        CountDownLatch given = new CountDownLatch(1);
        core.answering(request -> answer(request, new Reply(200, "{'status':'HEALTHY'}"), given));
        run();
        await().until(() -> core.count(REGISTER) == 1);

        CompletableFuture<List<String>> asked = CompletableFuture.supplyAsync(() -> {
            announcer.awaitLease(Duration.ofSeconds(30));
            return List.copyOf(keys);
        });
        assertThat(asked).isNotDone();
        given.countDown();

        assertThat(asked.join()).containsExactly("k-1");
        announcer.awaitLease(Duration.ofSeconds(30));
    }

    @Test
    void aLeaseThatIsOnItsWayIsTakenBackToo() {
        CountDownLatch given = new CountDownLatch(1);
        core.answering(request -> answer(request, new Reply(200, "{'status':'HEALTHY'}"), given));
        CompletableFuture<Optional<String>> end = run();
        await().until(() -> core.count(REGISTER) == 1);

        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS).execute(given::countDown);
        announcer.close();

        assertThat(end.join()).isEmpty();
        assertThat(core.count("DELETE /api/v1/services/deregister")).isEqualTo(1);
    }

    private static Reply answer(FakeCore.Asked request, Reply otherwise, CountDownLatch first) {
        try {
            first.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return answer(request, otherwise);
    }

    private static Reply answer(FakeCore.Asked request, Reply otherwise) {
        return request.line().equals(REGISTER) ? new Reply(201, LEASE) : otherwise;
    }

    private Announcer announcer() {
        return new Announcer(
                new Registration(
                        core.client(), ClassPath.find(JsonFactory.class).lenient()),
                new Registration.Announcement(
                        "{\"id\":\"hello\"}", "http://me:1", Optional.of("n-2"), Optional.of("acme")),
                lease -> keys.add(lease.hopKey()),
                () -> health);
    }

    private CompletableFuture<Optional<String>> run() {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return announcer.run();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
    }
}
