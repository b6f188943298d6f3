// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static dev.mortise.gateway.TestPlugin.products;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Response;
import dev.mortise.api.service.ServiceClient;
import dev.mortise.kernel.model.PluginIdentity;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A provider and its consumer that go to a new major by one change, neither of which works with the other's old one. */
@Timeout(60)
class SwitchTogetherTest {
    private final TestGateway gateway = TestGateway.open();

    @AfterEach
    void close() {
        gateway.close();
    }

    @Test
    void leavesTheOldProviderToACallThatRunsInTheOldConsumer() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        TestPlugin provider = products("1.0.0").alone();
        TestPlugin consumer = consumer("1", () -> {
            entered.countDown();
            release.await();
        });
        gateway.put(provider, consumer);
        FakeExchange running = get("/api/v1/p/reports").as("alice");
        Thread caller = new Thread(() -> gateway.send(running));
        caller.start();
        entered.await();

        gateway.put(products("2.0.0").alone(), consumer("2", () -> {}));
        CompletableFuture<Void> drained = drained(provider.identity());
        assertThat(drained).as("while somebody who needs it runs").isNotDone();
        assertThat(gateway.send(get("/api/v1/p/reports").as("alice")).text()).isEqualTo("2 2.0.0");
        release.countDown();
        caller.join();

        assertThat(running.text()).isEqualTo("1 1.0.0");
        drained.get(5, TimeUnit.SECONDS);
        drained(consumer.identity()).get(5, TimeUnit.SECONDS);
        assertThat(gateway.routing.views().leaving()).isEmpty();
    }

    @Test
    void showsACallThatRunsInTheOldConsumerNothingOfTheNextChange() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        gateway.put(products("1.0.0").alone(), consumer("1", () -> {
            entered.countDown();
            release.await();
        }));
        FakeExchange running = get("/api/v1/p/reports").as("alice");
        Thread caller = new Thread(() -> gateway.send(running));
        caller.start();
        entered.await();

        gateway.put(plugin("reports").version("1.1.0")).probe(products("2.0.0").alone());
        release.countDown();
        caller.join();

        assertThat(running.text()).isEqualTo("1 1.0.0");
    }

    @Test
    void keepsNobodyWhenNobodyRuns() {
        gateway.put(products("1.0.0").alone(), consumer("1", () -> {}));

        gateway.put(products("2.0.0").alone(), consumer("2", () -> {}));

        assertThat(gateway.routing.views().leaving()).isEmpty();
        assertThat(drained(products("1.0.0").identity())).isCompleted();
    }

    @Test
    void drainsPluginsThatCallEachOtherInALoop() {
        gateway.put(
                plugin("one").endpoint("GET", "/").offers("one.things", "1.0.0").mayUse("two", "two.things", "*"),
                plugin("two").endpoint("GET", "/").offers("two.things", "1.0.0").needs("one", "one.things", "*"));

        gateway.put(plugin("one").version("2.0.0"), plugin("two").version("2.0.0"));

        assertThat(drained(plugin("one").identity())).isCompleted();
        assertThat(drained(plugin("two").identity())).isCompleted();
    }

    @Test
    void showsNoCallAMixtureOrAnError() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger answers = new AtomicInteger();
        Queue<String> wrong = new ConcurrentLinkedQueue<>();
        AtomicBoolean retired = new AtomicBoolean();
        List<TestPlugin> serving = pair("1", retired);
        gateway.put(serving.toArray(TestPlugin[]::new));
        List<Thread> callers =
                Stream.generate(() -> caller(stop, answers, wrong)).limit(4).toList();
        callers.forEach(Thread::start);

        for (int i = 0; i < 100; i++) {
            AtomicBoolean nextRetired = new AtomicBoolean();
            List<TestPlugin> next = pair(i % 2 == 0 ? "2" : "1", nextRetired);
            gateway.probe(next.toArray(TestPlugin[]::new)).put(next.toArray(TestPlugin[]::new));
            for (TestPlugin old : serving) {
                drained(old.identity()).get(5, TimeUnit.SECONDS);
            }
            retired.set(true);
            retired = nextRetired;
            serving = next;
        }
        stop.set(true);
        for (Thread caller : callers) {
            caller.join();
        }

        assertThat(wrong).isEmpty();
        assertThat(answers).hasPositiveValue();
        assertThat(gateway.routing.views().leaving()).isEmpty();
    }

    private Thread caller(AtomicBoolean stop, AtomicInteger answers, Queue<String> wrong) {
        return new Thread(() -> {
            while (!stop.get()) {
                String answer =
                        gateway.send(get("/api/v1/p/reports").as("alice")).text();
                answers.incrementAndGet();
                if (!answer.equals("1 1.0.0") && !answer.equals("2 2.0.0")) {
                    wrong.add(answer);
                }
            }
        });
    }

    /** Makes a provider and its consumer of a major; each fails when it is called after it was drained. */
    private List<TestPlugin> pair(String major, AtomicBoolean retired) {
        TestPlugin provider = plugin("inventory")
                .version(major + ".0.0")
                .endpoint("GET", "/version")
                .offers("inventory.products", major + ".0.0")
                .route("GET", "/version", request -> answer(retired, major + ".0.0"));
        return List.of(provider, consumer(major, () -> answer(retired, "")));
    }

    private static Response answer(AtomicBoolean retired, String text) {
        if (retired.get()) {
            throw new IllegalStateException("called after it was drained");
        }
        return Response.text(text);
    }

    private interface Step {
        void take() throws Exception;
    }

    /** Makes a plugin that answers its own major and the version of what it calls. */
    private TestPlugin consumer(String major, Step first) {
        TestPlugin consumer = plugin("reports")
                .version(major + ".0.0")
                .needs("inventory", "inventory.products", "^" + major + ".0.0");
        ServiceClient client = gateway.client(consumer);
        return consumer.route("GET", "/", request -> {
            first.take();
            return Response.text(major + " "
                    + client.service("inventory.products")
                            .get("/version")
                            .body()
                            .text());
        });
    }

    private CompletableFuture<Void> drained(PluginIdentity plugin) {
        return gateway.routing.drained(plugin).toCompletableFuture();
    }
}
