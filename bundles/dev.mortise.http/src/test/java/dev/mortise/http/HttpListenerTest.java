// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Response;
import dev.mortise.kernel.port.HealthSource.Status;
import dev.mortise.kernel.port.HttpExchange;
import dev.mortise.kernel.port.HttpGateway;
import dev.mortise.kernel.port.LauncherExit;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpListenerTest {
    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/health|503|{\"status\":\"STARTING\"}",
                "/health/ready|503|{\"status\":\"STARTING\"}",
                "/health/live|200|{\"status\":\"UP\"}"
            })
    void tellsItsHealthWhileNoGatewayIsThere(String path, int status, String body) throws Exception {
        HttpListener listener = new HttpListener(config(Map.of()), Optional.empty());
        try {
            var answer = ask(path);

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.body()).isEqualTo(body);
        } finally {
            listener.close();
        }
    }

    @Test
    void refusesEverythingElseWhileNoGatewayIsThere() throws Exception {
        HttpListener listener = new HttpListener(config(Map.of()), Optional.empty());
        try {
            var answer = ask("/api/v1/plugins");

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.field("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.field("Retry-After")).isEqualTo("1");
            assertThat(answer.body()).contains("\"code\":\"STARTING\"", "\"status\":503");
        } finally {
            listener.close();
        }
    }

    @Test
    void tellsTheGatewayThatNobodyIsLetInAnyMore() {
        AtomicInteger told = new AtomicInteger();
        HttpListener listener = new HttpListener(config(Map.of()), Optional.empty());
        listener.bindGateway(new HttpGateway() {
            @Override
            public void handle(HttpExchange exchange) {
                exchange.respond(Response.text("here"));
            }

            @Override
            public void closing() {
                told.incrementAndGet();
            }
        });

        listener.close();

        assertThat(told).hasValue(1);
    }

    @Test
    void hearsTheGatewayThatComesAndTheOneThatTakesItsPlace() throws Exception {
        HttpGateway first = e -> e.respond(Response.text("first"));
        HttpGateway second = e -> e.respond(Response.text("second"));
        HttpListener listener = new HttpListener(config(Map.of()), Optional.empty());
        try (RawConnection connection = new RawConnection(port())) {
            assertThat(get(connection)).contains("STARTING");
            listener.bindGateway(first);
            assertThat(get(connection)).isEqualTo("first");
            listener.bindGateway(second);
            listener.unbindGateway(first);
            assertThat(get(connection)).isEqualTo("second");
            listener.unbindGateway(second);
            assertThat(get(connection)).contains("STARTING");
        } finally {
            listener.close();
        }
    }

    @Test
    void writesThePortInUseAndRemovesItAtTheEnd() throws Exception {
        HttpListener listener = new HttpListener(config(Map.of()), Optional.empty());

        assertThat(port()).isPositive();
        assertThat(listener.check().status()).isEqualTo(Status.UP);
        assertThat(listener.check().message()).isEqualTo("Listening on http://127.0.0.1:" + port() + ".");
        assertThat(home.resolve("data")).isDirectoryContaining("glob:**/http-port");

        listener.close();
        assertThat(home.resolve("data")).isEmptyDirectory();
        assertThat(listener.check().status()).isEqualTo(Status.DOWN);
        listener.close();
    }

    @Test
    void saysThatThePortIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<Integer, String> exit = new HashMap<>();
            HttpListener listener =
                    new HttpListener(config(Map.of("port", taken.getLocalPort())), Optional.of(exit::put));

            assertThat(listener.check().status()).isEqualTo(Status.DOWN);
            assertThat(listener.check().message())
                    .isEqualTo("Port " + taken.getLocalPort()
                            + " is already in use by another process. Set MORTISE_HTTP_PORT.");
            assertThat(exit)
                    .containsExactly(
                            Map.entry(LauncherExit.IN_USE, listener.check().message()));
            assertThat(home.resolve("data")).doesNotExist();
            listener.close();
        }
    }

    @Test
    void listensThoughItsPortCanNotBeWrittenSaysWhyAndWritesItOnceItCan() throws Exception {
        Path data = Files.writeString(home.resolve("data"), "no folder");
        Map<Integer, String> exit = new HashMap<>();
        int port = freePort();
        HttpListener listener = new HttpListener(config(Map.of("port", port)), Optional.of(exit::put));
        try (RawConnection connection = new RawConnection(port)) {
            assertThat(get(connection)).contains("STARTING");
            assertThat(listener.check().status()).isEqualTo(Status.DOWN);
            assertThat(listener.check().message())
                    .startsWith("The port in use can't be written to '" + data.resolve("http-port") + "': ")
                    .endsWith(". Make space on its disk, or let Mortise write there; it is tried every second.");
            Files.delete(data);

            await().until(() -> listener.check().status() == Status.UP);

            assertThat(port()).isEqualTo(port);
            assertThat(exit).isEmpty();
        } finally {
            listener.close();
        }
        assertThat(data).isEmptyDirectory();
        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    @Test
    void closesThePortThoughItsFileCanNotBeRemoved() throws Exception {
        HttpListener listener = new HttpListener(config(Map.of()), Optional.empty());
        int port = port();
        Files.delete(home.resolve("data/http-port"));
        Files.createDirectories(home.resolve("data/http-port/full"));

        listener.close();

        new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    }

    private static int freePort() throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @Test
    void saysThatTheAddressIsNone() {
        HttpListener listener = new HttpListener(config(Map.of("host", "192.0.2.1")), Optional.empty());

        assertThat(listener.check().status()).isEqualTo(Status.DOWN);
        assertThat(listener.check().message()).startsWith("Address 192.0.2.1:0 can't be listened on: ");
        listener.close();
    }

    @Test
    void keepsThePortWhenItsConfigurationChanges() throws Exception {
        HttpListener listener = new HttpListener(config(Map.of()), Optional.empty());
        int port = port();
        try (RawConnection connection = new RawConnection(port)) {
            get(connection);
            listener.modified(config(Map.of("threads", 7)));

            assertThat(get(connection)).contains("STARTING");
            assertThat(port()).isEqualTo(port);
        } finally {
            listener.close();
        }
    }

    @Test
    void judgesTheNextRequestByOtherLimitsOnTheSameConnection() throws Exception {
        HttpListener listener = new HttpListener(config(Map.of()), Optional.empty());
        try (RawConnection connection = new RawConnection(port())) {
            String request = "GET / HTTP/1.1\r\nHost: h\r\nX: 1\r\n\r\n";
            assertThat(connection.send(request).read().status()).isEqualTo(503);

            listener.modified(config(Map.of("body_max_mb", 2000, "header_max_fields", 1)));
            assertThat(connection.send(request).read().status()).isEqualTo(503);

            listener.modified(config(Map.of("header_max_fields", 1)));
            assertThat(connection.send(request).read().status()).isEqualTo(431);
        } finally {
            listener.close();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "port,65536",
        "port,-1",
        "linger_seconds,0",
        "linger_max_mb,0",
        "threads,0",
        "body_max_mb,0",
        "idle_timeout_seconds,-5",
        "body_max_mb,2000"
    })
    void refusesSettingsThatMakeNoSense(String key, int value) {
        assertThatThrownBy(() -> new HttpListener(config(Map.of(key, value)), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http." + key.replace('_', '.'))
                .hasMessageContaining(String.valueOf(value));
    }

    @Test
    void hasTheDocumentedDefaults() {
        HttpSettings settings = HttpSettings.of(config(Map.of("port", 8080)));

        assertThat(settings.host()).isEqualTo("127.0.0.1");
        assertThat(settings.limits().toString())
                .isEqualTo("Limits[threads=200, headerBytes=16384, headerFields=200, headerTimeout=PT10S,"
                        + " idleTimeout=PT30S, bodyBytes=10485760, bodyBytesPerSecond=500, stopTimeout=PT20S]");
        assertThat(settings.linger()).isEqualTo(TestServer.LINGER);
        assertThat(settings.portFile()).contains(home.resolve("data/http-port"));
    }

    private int port() throws Exception {
        return Integer.parseInt(Files.readString(home.resolve("data/http-port")).strip());
    }

    private RawConnection.Answer ask(String path) throws Exception {
        try (RawConnection connection = new RawConnection(port())) {
            return connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: h\r\n\r\n")
                    .read();
        }
    }

    private static String get(RawConnection connection) throws Exception {
        return connection.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").read().body();
    }

    /** The configuration as the component runtime makes it: defaults, with some members set. */
    private HttpListener.Config config(Map<String, Object> set) {
        return (HttpListener.Config) Proxy.newProxyInstance(
                HttpListener.Config.class.getClassLoader(),
                new Class<?>[] {HttpListener.Config.class},
                (p, member, a) -> switch (member.getName()) {
                    case "mortise_home" -> home.toString();
                    case "port" -> set.getOrDefault("port", 0);
                    default -> set.getOrDefault(member.getName(), member.getDefaultValue());
                });
    }
}
