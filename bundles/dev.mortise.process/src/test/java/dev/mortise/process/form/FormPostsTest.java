// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.form;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.mortise.kernel.port.AuthorizationServers.Answer;
import dev.mortise.kernel.port.AuthorizationServers.Form;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.process.address.AddressJudge;
import dev.mortise.process.address.OwnListener;
import dev.mortise.process.hop.HopSettings;
import dev.mortise.process.hop.HopSettings.AnswerLimits;
import dev.mortise.process.hop.HopSettings.PeerLimits;
import dev.mortise.process.hop.Hops;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FormPostsTest {
    private static final HopSettings SETTINGS = new HopSettings(
            Duration.ofSeconds(10),
            10,
            new PeerLimits(5, 5),
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            new AnswerLimits(4096, 4096, 1 << 20),
            4);

    private final Hops hops = new Hops(SETTINGS);
    private final AtomicInteger seen = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stop() {
        hops.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpHandler handler) {
        server.createContext("/", exchange -> {
            seen.incrementAndGet();
            try (exchange) {
                handler.handle(exchange);
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private FormPosts posts(String... addresses) {
        AddressJudge judge = new AddressJudge(
                "0.0.0.0/0, ::/0",
                new OwnListener(1, Optional.empty()),
                host -> List.of(InetAddress.getByName(addresses.length == 0 ? host : addresses[0])));
        return new FormPosts(judge, hops);
    }

    private static Form form(String url) {
        return new Form(url, Map.of("Authorization", "Basic c2VjcmV0"), "a=b", Duration.ofSeconds(20), 10_000);
    }

    @Test
    void sendsAFormAndAnswersWhatCame() throws RemoteFault {
        serve(exchange -> answer(
                exchange,
                201,
                String.join(
                        " ",
                        exchange.getRequestMethod(),
                        exchange.getRequestURI().toString(),
                        exchange.getRequestHeaders().getFirst("Content-Type"),
                        exchange.getRequestHeaders().getFirst("Authorization"),
                        exchange.getRequestHeaders().getFirst("Host"),
                        new String(exchange.getRequestBody().readAllBytes(), UTF_8))));

        assertThat(posts().post(form("http://127.0.0.1:" + port() + "/token/?x=y%20z")))
                .isEqualTo(new Answer(
                        201,
                        "POST /token/?x=y%20z application/x-www-form-urlencoded Basic c2VjcmV0 127.0.0.1:" + port()
                                + " a=b"));
    }

    @Test
    void followsNoRedirect() throws RemoteFault {
        serve(exchange -> {
            exchange.getResponseHeaders().set("Location", "http://127.0.0.1:" + port() + "/other");
            answer(exchange, 307, "");
        });

        assertThat(posts().post(form("http://127.0.0.1:" + port() + "/token")).status())
                .isEqualTo(307);
        assertThat(seen).hasValue(1);
    }

    @Test
    void takesNoAnswerThatIsTooLarge() {
        serve(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            byte[] much = new byte[1000];
            for (int i = 0; i < 1_000_000; i++) {
                exchange.getResponseBody().write(much);
            }
        });

        assertThat(refused("http://127.0.0.1:" + port() + "/token"))
                .hasMessage("The answer of http://127.0.0.1:" + port() + " has more than 10000 bytes.");
    }

    @Test
    void waitsNoLongerThanItsDeadline() throws RemoteFault {
        serve(exchange -> {
            if (exchange.getRequestURI().getPath().equals("/quick")) {
                answer(exchange, 200, "{}");
                return;
            }
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            exchange.getRequestBody().readAllBytes();
            await();
        });
        // The client is made with the first call, whose time is not what is measured.
        posts().post(form("http://127.0.0.1:" + port() + "/quick"));
        Form form = new Form("http://127.0.0.1:" + port() + "/t", Map.of(), "a=b", Duration.ofSeconds(2), 10_000);

        assertThat(catchThrowableOfType(RemoteFault.class, () -> posts().post(form)))
                .extracting(RemoteFault::kind)
                .isEqualTo(RemoteFault.Kind.LATE);
    }

    private static void await() throws IOException {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://id.example.org/t",
                "https://169.254.169.254/t",
                "https://[::ffff:169.254.169.254]/t",
                "https://0.0.0.0/t",
                "https://user@127.0.0.1/t",
                "ftp://127.0.0.1/t",
                "http://127.0.0.1:1/t"
            })
    void sendsNothingToWhereNothingGoes(String url) {
        assertThat(refused(url).kind()).isEqualTo(RemoteFault.Kind.NEVER_SENT);
    }

    /** A name that is this machine in the text and another one in truth. */
    @Test
    void sendsNothingInPlainTextToAnotherMachine() {
        assertThat(catchThrowableOfType(
                        RemoteFault.class, () -> posts("192.0.2.1").post(form("http://localhost:" + port() + "/t"))))
                .hasMessage("Nothing was sent: plain http goes to this machine alone, and localhost is another.");
    }

    private RemoteFault refused(String url) {
        return catchThrowableOfType(RemoteFault.class, () -> posts().post(form(url)));
    }
}
