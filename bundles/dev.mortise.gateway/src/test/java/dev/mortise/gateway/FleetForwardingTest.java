// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

import static dev.mortise.gateway.FakeExchange.get;
import static dev.mortise.gateway.TestPlugin.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.http.Body;
import dev.mortise.api.http.Handler;
import dev.mortise.api.http.Headers;
import dev.mortise.api.http.Response;
import dev.mortise.gateway.guard.RetryBudgets;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.RemoteInstances;
import dev.mortise.rules.route.ProcessPaths;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of calls whose plugin runs in processes that somebody else owns. */
@Timeout(30)
class FleetForwardingTest {
    private static final String MAILS = "/api/v1/p/email/mails";

    private final TestGateway gateway = new TestGateway();
    private final Fleet fleet = new Fleet();

    FleetForwardingTest() {
        gateway.routing.open();
        gateway.put(plugin("email")
                .endpoint("GET", "/mails")
                .endpoint("POST", "/mails")
                .offers("email.mails", "1.0.0")
                .route("GET", "/mails", to(true))
                .route("POST", "/mails", to(false)));
    }

    @AfterEach
    void close() {
        gateway.close();
    }

    private Handler to(boolean repeatable) {
        RetryBudgets budgets = new RetryBudgets(() -> TestGateway.GUARDS.retry());
        RepeatedWarnings warnings = new RepeatedWarnings(Duration.ofMinutes(1), System::nanoTime);
        return new FleetForwarding(gateway.neighbours, budgets, warnings)
                .to(new PluginId("email"), fleet, false, repeatable);
    }

    @Test
    void goToAProcessOfTheTenantWithTheContextSigned() {
        FakeRemote.Program one = fleet.process("http://127.0.0.1:15000", request -> Response.text("two mails"));

        FakeExchange answer = gateway.send(get(MAILS + "?box=in").as("alice"));

        assertThat(answer.text()).isEqualTo("two mails");
        assertThat(one.targets()).containsExactly("GET /mails?box=in");
        Headers fields = one.came.get(0).headers();
        assertThat(fields.first("X-Mortise-Token")).contains("signed with key of http://127.0.0.1:15000");
        assertThat(gateway.remote.signed.get(0).audience()).isEqualTo("email");
        assertThat(fleet.asked).containsExactly(Optional.of("acme"));
        assertThat(fleet.ends).containsExactly(RemoteInstances.End.WELL);
    }

    @Test
    void neverReachWhatAProcessIsAskedByTheContainer() {
        gateway.put(plugin("email")
                .version("2.0.0")
                .route("POST", "/{what}", ProcessPaths.guarded(new PluginId("email"), to(false))));
        FakeRemote.Program one = fleet.process("http://127.0.0.1:15000", request -> Response.text("it ends"));

        FakeExchange answer =
                gateway.send(FakeExchange.of("POST", "/api/v1/p/email/disable").as("alice"));

        assertThat(answer.code()).isEqualTo("ROUTE_NOT_FOUND");
        assertThat(one.came).isEmpty();
        assertThat(fleet.asked).isEmpty();
    }

    @Test
    void giveTheProcessBackWhenTheirAnswerWasRead() {
        fleet.process(
                "http://127.0.0.1:15000",
                request -> new Response(200, Headers.none(), Body.writing(sink -> {
                    assertThat(fleet.ends).isEmpty();
                    sink.write('x');
                })));

        assertThat(gateway.send(get(MAILS).as("alice")).text()).isEqualTo("x");

        assertThat(fleet.ends).containsExactly(RemoteInstances.End.WELL);
    }

    @Test
    void tellTheOwnerOfTheProcessWhenTheirAnswerBreaksOff() {
        fleet.process(
                "http://127.0.0.1:15000",
                request -> new Response(200, Headers.none(), Body.writing(sink -> {
                    throw new IOException(
                            "broken",
                            new RemoteFault(RemoteFault.Kind.LOST, "reset", new IllegalStateException("reset")));
                })));

        FakeExchange answer = gateway.send(get(MAILS).as("alice").reading());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.detail()).isEqualTo("The answer of the worker of plugin 'email' broke off.");
        assertThat(fleet.ends).containsExactly(RemoteInstances.End.MISSED);
    }

    @Nested
    class WhenTheProcessDies {
        @Test
        void whatWasNeverSentGoesToTheNextOne() {
            fleet.process("http://127.0.0.1:15000", request -> never());
            fleet.process("http://127.0.0.1:15002", request -> never());
            FakeRemote.Program other = fleet.process("http://127.0.0.1:15001", request -> Response.text("sent"));

            FakeExchange answer =
                    gateway.send(FakeExchange.of("POST", MAILS).as("alice").body(Body.of("hello")));

            assertThat(answer.text()).isEqualTo("sent");
            assertThat(other.targets()).containsExactly("POST /mails");
            assertThat(fleet.ends)
                    .containsExactly(
                            RemoteInstances.End.UNREACHED, RemoteInstances.End.UNREACHED, RemoteInstances.End.WELL);
        }

        @Test
        void whatWasSentIsRepeatedOnceThoughTheNextOneIsGoneToo() {
            fleet.process("http://127.0.0.1:15000", request -> lost());
            fleet.process("http://127.0.0.1:15001", request -> never());
            fleet.process("http://127.0.0.1:15002", request -> lost());
            FakeRemote.Program fourth = fleet.process("http://127.0.0.1:15003", request -> Response.text("well"));

            assertThat(gateway.send(get(MAILS).as("alice")).status()).isEqualTo(503);
            assertThat(fourth.came).isEmpty();
        }

        @Test
        void whyThereIsNoOtherOneIsTold() {
            fleet.process("http://127.0.0.1:15000", request -> never());

            assertThat(gateway.send(get(MAILS).as("alice")).detail()).contains("There is no process.");
        }

        @Test
        void whatWasSentIsRepeatedOnlyIfThatDoesNoHarm() {
            fleet.process("http://127.0.0.1:15000", request -> lost());
            FakeRemote.Program other = fleet.process("http://127.0.0.1:15001", request -> Response.text("well"));

            FakeExchange write =
                    gateway.send(FakeExchange.of("POST", MAILS).as("alice").body(Body.of("hello")));
            assertThat(write.status()).isEqualTo(503);
            assertThat(write.detail())
                    .isEqualTo(
                            "The worker of plugin 'email' broke the call off. It may have been done, so it is not sent"
                                    + " again.");
            assertThat(write.field("Retry-After")).isEqualTo("absent");
            assertThat(other.came).isEmpty();

            fleet.process("http://127.0.0.1:15000", request -> lost());
            fleet.process("http://127.0.0.1:15001", request -> Response.text("well"));
            assertThat(gateway.send(get(MAILS).as("alice")).text()).isEqualTo("well");
        }

        @Test
        void notEverythingIsRepeated() {
            int answered = 0;
            for (int i = 0; i < 100; i++) {
                fleet.forget();
                fleet.process("http://127.0.0.1:15000", request -> lost());
                fleet.process("http://127.0.0.1:15001", request -> Response.text("well"));
                answered += gateway.send(get(MAILS).as("alice")).status() == 200 ? 1 : 0;
            }

            assertThat(answered).isBetween(20, 40);
        }

        @Test
        void itIsNotLeftAloneAfterwards() {
            for (int i = 0; i < 20; i++) {
                fleet.process("http://127.0.0.1:15000", request -> lost());
                fleet.process("http://127.0.0.1:15001", request -> never());
                assertThat(gateway.send(get(MAILS).as("alice")).status()).isEqualTo(503);
            }

            fleet.process("http://127.0.0.1:15002", request -> Response.text("back"));

            assertThat(gateway.send(get(MAILS).as("alice")).text()).isEqualTo("back");
        }

        @Test
        void theSentenceOfItsOwnerIsTold() {
            FakeExchange answer = gateway.send(get(MAILS).as("alice"));

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.text()).contains("There is no process.");
            assertThat(answer.field("Retry-After")).isEqualTo("1");
        }
    }

    @Test
    void thatAreLateAreAnsweredWith504AndSentOnce() {
        fleet.process("http://127.0.0.1:15000", request -> {
            throw new RemoteFault(RemoteFault.Kind.LATE, "late", new IllegalStateException("late"));
        });
        FakeRemote.Program other = fleet.process("http://127.0.0.1:15001", request -> Response.text("well"));

        assertThat(gateway.send(get(MAILS).as("alice")).status()).isEqualTo(504);

        assertThat(other.came).isEmpty();
        assertThat(fleet.ends).containsExactly(RemoteInstances.End.LATE);
    }

    @Test
    void thatTheProcessCanNotServeNowGoToAnotherOneOrAreToldSo() {
        fleet.process("http://127.0.0.1:15000", request -> Response.status(502));
        fleet.process("http://127.0.0.1:15001", request -> Response.status(503));

        assertThat(gateway.send(get(MAILS).as("alice")).status()).isEqualTo(503);

        assertThat(fleet.ends).containsExactly(RemoteInstances.End.MISSED, RemoteInstances.End.MISSED);
    }

    @Test
    void areShownWhereTheyGo() {
        assertThat(gateway.services.list().get(0).location()).isEqualTo("bundle");

        gateway.put(plugin("email")
                .endpoint("GET", "/mails")
                .offers("email.mails", "1.0.0")
                .at("worker"));

        assertThat(gateway.services.list().get(0).location()).isEqualTo("worker");
    }

    private static Response never() throws RemoteFault {
        throw new RemoteFault(RemoteFault.Kind.NEVER_SENT, "refused", new IllegalStateException("refused"));
    }

    private static Response lost() throws RemoteFault {
        throw new RemoteFault(RemoteFault.Kind.LOST, "reset", new IllegalStateException("reset"));
    }

    /** Gives each of its processes once, in turn. */
    private final class Fleet implements RemoteInstances {
        final List<Optional<String>> asked = new CopyOnWriteArrayList<>();
        final List<End> ends = new CopyOnWriteArrayList<>();
        private final Queue<RemoteCalls.Peer> peers = new ArrayDeque<>();

        void forget() {
            peers.clear();
        }

        FakeRemote.Program process(String address, FakeRemote.Answers answers) {
            peers.add(((RemoteCalls.Judgement.Good) gateway.remote.judge(address)).peer());
            return gateway.remote.at(address, answers);
        }

        @Override
        public Taken take(Optional<String> tenant, long deadlineNanos) throws RemoteFault {
            asked.add(tenant);
            RemoteCalls.Peer peer = peers.poll();
            if (peer == null) {
                throw new RemoteFault(
                        RemoteFault.Kind.NEVER_SENT, "There is no process.", new IllegalStateException("none"));
            }
            return new Taken() {
                @Override
                public RemoteCalls.Peer peer() {
                    return peer;
                }

                @Override
                public String hopKey() {
                    return "key of " + peer.baseUrl();
                }

                @Override
                public void done(End end) {
                    ends.add(end);
                }
            };
        }
    }
}
