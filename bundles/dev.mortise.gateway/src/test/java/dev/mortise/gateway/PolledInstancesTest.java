// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Response;
import dev.mortise.gateway.registry.Leases;
import dev.mortise.gateway.registry.RegistrySettings;
import dev.mortise.kernel.admin.Registry.Registered;
import dev.mortise.kernel.port.RemoteFault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Instances that send no heartbeats: what they answer is a sign of life, be it good or bad. */
@Timeout(90)
class PolledInstancesTest {
    private static final String ADDRESS = "http://10.0.0.1:9000";
    private static final String INSTANCE = "the instance of plugin 'inventory' on node 'unnamed'";
    // Much longer than the pause between two questions: a busy machine may hold those up.
    private static final Duration STALE = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int SEVERAL_STALE = 250;

    private final AtomicReference<FakeRemote.Answers> answers = new AtomicReference<>(request -> page("ok"));
    private final CapturedLines log = new CapturedLines(Leases.class.getName());
    private final TestGateway gateway = new TestGateway(TestGateway.settings(new RegistrySettings(
            Duration.ofMillis(10),
            STALE,
            Duration.ofMinutes(2),
            TestGateway.REGISTRY.each(),
            TestGateway.REGISTRY.asking())));

    @BeforeEach
    void register() {
        gateway.routing.open();
        gateway.put(TestPlugin.inventory());
        gateway.remote.at(ADDRESS, request -> answers.get().answer(request));
        assertThat(gateway.registry.register(Announced.by("token-1", "inventory", Optional.empty(), ADDRESS, true)))
                .isInstanceOf(Registered.Done.class);
        await().until(() -> status().equals("HEALTHY"));
    }

    @AfterEach
    void close() {
        gateway.close();
        log.close();
    }

    @Test
    void tellsOfTheLossAndOfTheRecovery() {
        answers.set(request -> page("broken"));
        await().until(() -> status().equals("UNAVAILABLE"));
        answers.set(request -> page("ok"));
        await().until(() -> status().equals("HEALTHY"));

        String well = "plugin=inventory " + INSTANCE + " says at /health that it is well";
        await().untilAsserted(() -> assertThat(log.lines())
                .endsWith(well, "plugin=inventory T" + INSTANCE.substring(1) + " says 'broken' at /health.", well));
    }

    @Test
    void isNotSilentWhileItAnswersBadly() {
        FakeRemote.Program program = gateway.remote.at(ADDRESS, request -> Response.status(500));
        await().until(() -> status().equals("UNAVAILABLE"));
        int asked = program.came.size();

        // Asked at its pace, not less and less often, and never called silent, for several times what silence may last.
        await().atMost(LONG).until(() -> program.came.size() > asked + SEVERAL_STALE);

        assertThat(log.lines()).noneMatch(line -> line.contains("no sign of life"));
        assertThat(log.lines()).last().asString().endsWith("answers 500 at /health.");
    }

    @Test
    void isSilentWhenItAnswersNothing() {
        answers.set(request -> {
            throw new RemoteFault(RemoteFault.Kind.NEVER_SENT, "refused", new IllegalStateException("for the test"));
        });
        await().until(() -> log.lines().stream().anyMatch(line -> line.contains("no sign of life")));

        answers.set(request -> page("ok"));
        await().atMost(20, TimeUnit.SECONDS).until(() -> status().equals("HEALTHY"));
        await().untilAsserted(() -> assertThat(log.lines()).last().asString().endsWith("is well"));
    }

    @Test
    void isAsWellAsBeforeWhileNobodyCanAskIt() {
        AtomicInteger asked = new AtomicInteger();
        answers.set(request -> {
            asked.incrementAndGet();
            throw new RemoteFault(RemoteFault.Kind.BUSY, "no connection", new IllegalStateException("for the test"));
        });

        // For several times what silence may last.
        await().atMost(LONG).until(() -> asked.get() > SEVERAL_STALE);

        assertThat(status()).isEqualTo("HEALTHY");
        assertThat(log.lines()).last().asString().doesNotContain("UNAVAILABLE").doesNotContain("no sign of life");
    }

    @Test
    void isAsWellAsItSaysWhileManyOfAnotherCredentialHang() {
        CountDownLatch release = new CountDownLatch(1);
        for (int i = 0; i < 3 * TestGateway.REGISTRY.asking().threads(); i++) {
            String address = "http://10.0.1." + i + ":9000";
            gateway.remote.at(address, request -> hang(release));
            gateway.registry.register(Announced.by("token-2", "inventory", Optional.empty(), address, true));
        }
        FakeRemote.Program program = gateway.remote.at(ADDRESS, request -> page("ok"));

        await().atMost(LONG).until(() -> program.came.size() > SEVERAL_STALE);

        release.countDown();
        assertThat(log.lines().stream().filter(line -> line.contains("is well")))
                .hasSize(1);
    }

    private static Response hang(CountDownLatch release) throws RemoteFault {
        try {
            release.await();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
        throw new RemoteFault(RemoteFault.Kind.LATE, "late", new IllegalStateException("for the test"));
    }

    private String status() {
        return gateway.services.list().stream()
                .filter(instance -> instance.location().equals("remote"))
                .findFirst()
                .orElseThrow()
                .status();
    }

    private static Response page(String status) {
        return Response.text("{\"status\":\"" + status + "\"}");
    }
}
