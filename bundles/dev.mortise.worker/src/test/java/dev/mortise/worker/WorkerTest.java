// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.shared.MemorySharedDataStore;
import dev.mortise.worker.core.CoreClient;
import dev.mortise.worker.given.ClassPath;
import dev.mortise.worker.given.Given;
import dev.mortise.worker.http.WorkerServer;
import dev.mortise.worker.plugins.HelloPlugin;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.AbstractStringAssert;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar as it is deployed runs in a framework of its own, and answers over HTTP. */
final class WorkerTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static Worker worker;
    private static URI base;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        Path jar = folder.resolve("hello.jar");
        Files.write(
                jar,
                plugin("hello")
                        .offers("hello.greetings", "1.0.0", "GET /greetings/{name}", "POST /echo")
                        .jar()
                        .withClasses(HelloPlugin.class)
                        .bytes());
        WorkerServer server = Startup.listen("127.0.0.1", 0);
        Given given = new Given(new Given.State("", List.of(SignedToken.KEY), Optional.empty(), Map.of()));
        worker = new Startup(JarSource.open(jar, Map.of(), true), Map.of(), given)
                .start(
                        server,
                        new CoreClient(URI.create("http://127.0.0.1:9"), () -> ""),
                        new MemorySharedDataStore(Clock.systemUTC()),
                        Duration.ofSeconds(1));
        worker.begin(Optional.of(() -> given.now().hopKeys()));
        base = URI.create("http://127.0.0.1:" + server.port());
    }

    @AfterAll
    static void end() {
        worker.close();
    }

    @Test
    void itSaysWhatItIs() throws Exception {
        Map<?, ?> metadata = json(send(HttpRequest.newBuilder(base.resolve("/metadata"))));

        assertThat(metadata.get("id")).isEqualTo("hello");
        assertThat(metadata.get("protocol")).isEqualTo(1);
        assertThat(metadata.get("tools"))
                .isEqualTo(List.of(Map.of(
                        "name", "greet", "description", "Greets somebody", "inputSchema", Map.of("type", "object"))));
        assertThat(metadata.get("routes"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .contains(Map.of("method", "GET", "path", "/greetings/{name}"));
        assertThat(json(send(HttpRequest.newBuilder(base.resolve("/health")))).get("status"))
                .isEqualTo("ok");
    }

    @Test
    void aCallHasItsContext() throws Exception {
        HttpResponse<String> answer = call("/greetings/A%20b");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
        assertThat(json(answer)).isEqualTo(Map.of("hello", "A b", "tenant", "acme", "user", "ada"));
    }

    @Test
    void whoProvesNothingIsRefused() throws Exception {
        for (String path : List.of("/greetings/a", "/mcp/list-tools", "/nothing")) {
            HttpResponse<String> answer = send(HttpRequest.newBuilder(base.resolve(path)));

            assertThat(answer.statusCode()).as(path).isEqualTo(401);
        }
        HttpRequest.Builder foreign = HttpRequest.newBuilder(base.resolve("/greetings/a"))
                .header("X-Mortise-Token", SignedToken.of("stock", soon()).text());
        assertThat(send(foreign).statusCode()).isEqualTo(401);
    }

    @Test
    void toolsAreListedAndCalledInTheContextOfTheCall() throws Exception {
        assertThat(call("/mcp/list-tools").body()).contains("\"name\":\"greet\"");

        HttpResponse<String> answer = send(signed("/mcp/call-tool")
                .POST(BodyPublishers.ofString("{\"toolName\":\"greet\",\"arguments\":{\"price\":1.10}}")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("{\\\"price\\\":1.10} acme", "\"isError\":false");
        problem(
                send(signed("/mcp/call-tool").POST(BodyPublishers.ofString("{\"toolName\":\"none\"}"))),
                404,
                "NOT_FOUND");
    }

    @Test
    void aBodyComesBackAsItWent() throws Exception {
        String large = "x".repeat(3_000_000);

        HttpResponse<String> answer =
                send(signed("/echo").POST(BodyPublishers.ofString(large)).header("X-Kind", "tea"));

        assertThat(answer.statusCode()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo(large);
        assertThat(answer.headers().firstValue("X-Kind")).contains("tea");
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("x-mortise"));
    }

    @Test
    void aStreamComesInPieces() throws Exception {
        HttpResponse<String> answer = call("/stream");

        assertThat(answer.body()).isEqualTo("ab");
        assertThat(answer.headers().firstValue("Transfer-Encoding")).contains("chunked");
    }

    @Test
    void aStreamThatBreaksOffIsNotTakenForAWholeOne() {
        assertThatThrownBy(() -> call("/broken")).isInstanceOf(IOException.class);
    }

    @Test
    void aHeadHasNoContent() throws Exception {
        HttpResponse<String> answer = send(signed("/greetings/a").method("HEAD", BodyPublishers.noBody()));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValueAsLong("Content-Length")).hasValue(42);
    }

    @Test
    void refusalsAndFaultsAreProblems() throws Exception {
        problem(call("/nothing"), 404, "ROUTE_NOT_FOUND");
        problem(send(signed("/echo").GET()), 405, "METHOD_NOT_ALLOWED");
        problem(call("/a//b"), 400, "BAD_PATH");
        problem(call("/refused"), 409, "CONFLICT").contains("It is taken.", "\"by\":\"ada\"");
        problem(call("/fault"), 500, "INTERNAL").doesNotContain("secret").contains("r-1");
        problem(call("/unwritable"), 500, "INTERNAL");
    }

    @Test
    void aHandlerThatIsLateIsAnsweredFor() throws Exception {
        long begun = System.nanoTime();

        HttpResponse<String> answer = send(signed("/hang").header("X-Mortise-Deadline-Ms", "300"));

        problem(answer, 504, "DEADLINE_EXCEEDED");
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(250), Duration.ofSeconds(20));
    }

    @Test
    void anAnswerThatNobodyTakesIsCutOffAtItsDeadline() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), base.getPort())) {
            String token = SignedToken.of("hello", soon()).text();
            String head = "GET /flood HTTP/1.1\r\nHost: a\r\nX-Mortise-Token: %s\r\nX-Mortise-Deadline-Ms: 300\r\n\r\n";
            socket.getOutputStream().write(head.formatted(token).getBytes(StandardCharsets.US_ASCII));

            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> call("/flood/over").body().equals("true"));
        }
    }

    private static AbstractStringAssert<?> problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(json(answer).get("code")).isEqualTo(code);
        return assertThat(answer.body());
    }

    private static HttpResponse<String> call(String path) throws Exception {
        return send(signed(path));
    }

    private static HttpRequest.Builder signed(String path) {
        return HttpRequest.newBuilder(URI.create(base + path))
                .header("X-Mortise-Token", SignedToken.of("hello", soon()).text());
    }

    private static long soon() {
        return Instant.now().getEpochSecond() + 60;
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return CLIENT.send(request.build(), BodyHandlers.ofString());
    }

    private static Map<?, ?> json(HttpResponse<String> answer) {
        return ClassPath.find(JsonFactory.class).lenient().read(answer.body(), Map.class);
    }
}
