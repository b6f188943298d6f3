// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.worker.FakeCore.Reply;
import dev.mortise.worker.plugins.Weather;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Twenty lines of plain Java are a remote plugin. */
final class MortiseWorkerTest {
    private static final Pattern BASE_URL = Pattern.compile("\"baseUrl\":\"([^\"]+)\"");
    private static final String REGISTER = "POST /api/v1/services/register";

    @TempDir
    private Path folder;

    private FakeCore core;
    private Process program;

    @BeforeEach
    void start() throws IOException {
        core = new FakeCore(0);
    }

    @AfterEach
    void end() {
        program.destroyForcibly();
        core.close();
    }

    @Test
    void itAnnouncesItselfServesAndGoes() throws Exception {
        core.answering(request -> request.line().equals(REGISTER)
                ? new Reply(
                        201,
                        "{'serviceId':'s','lease':{'token':'l','ttlSeconds':9},'heartbeatSeconds':3,'hopKey':'"
                                + SignedToken.KEY + "'}")
                : new Reply(200, "{'status':'HEALTHY'}"));
        program = run();
        await().atMost(60, TimeUnit.SECONDS).until(() -> core.count(REGISTER) == 1);

        await().untilAsserted(() -> {
            HttpResponse<String> answer = call(soon());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo("{\"city\":\"Oslo\",\"sky\":\"blue\"}");
        });

        program.destroy();
        assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isZero();
        assertThat(core.count("DELETE /api/v1/services/deregister")).isEqualTo(1);
    }

    @Test
    void aCoreThatRefusesEndsIt() throws Exception {
        core.answering(request -> new Reply(403, "{'detail':'This credential is of another plugin.'}"));
        program = run();

        assertThat(program.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(program.exitValue()).isEqualTo(2);
        assertThat(Files.readString(folder.resolve("out"))).contains("This credential is of another plugin.");
    }

    private Process run() throws IOException {
        Path token = Files.writeString(folder.resolve("token"), "secret\n");
        return new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Weather.class.getName(),
                        "--core",
                        core.url().toString(),
                        "--token-file",
                        token.toString()))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("out").toFile())
                .start();
    }

    private HttpResponse<String> call(long expires) throws Exception {
        Matcher base = BASE_URL.matcher(core.asked().get(0).body());
        assertThat(base.find()).isTrue();
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(base.group(1) + "/forecasts/Oslo"))
                                .header(
                                        "X-Mortise-Token",
                                        SignedToken.of("weather", expires).text())
                                .build(),
                        BodyHandlers.ofString());
    }

    private static long soon() {
        return Instant.now().getEpochSecond() + 60;
    }
}
