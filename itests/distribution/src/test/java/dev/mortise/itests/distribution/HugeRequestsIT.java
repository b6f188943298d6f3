// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Mirror;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests that are huge or deep in one part are refused before anybody works at them. */
final class HugeRequestsIT {
    private static final Product PRODUCT = Product.find();
    private static final String MIRROR = "/api/v1/p/mirror";
    /** Ten times the figure, and more for what a busy machine adds. */
    private static final Duration QUICKLY = Duration.ofSeconds(2);

    @AutoClose
    private static Container container;

    private static Client client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        client = container.client();
        Operator.of(container).install(plugin("mirror").jar().withClasses(Mirror.class));
        client.post(MIRROR + "/json", "{}");
    }

    @AfterEach
    void livesOnWithoutAStackThatOverflowed() throws IOException {
        assertThat(client.get(MIRROR + "/hit").body()).isEqualTo("hit");
        assertThat(Files.readString(container.home().resolve("log/mortise.log")))
                .doesNotContain("StackOverflowError", "OutOfMemoryError");
    }

    @Test
    void refusesTenThousandFields() throws Exception {
        assertThat(status("/hit", "X-A: 1\r\n".repeat(10_000))).isEqualTo(431);
        assertThat(status("/hit", "A: 1\r\n".repeat(1_000))).isEqualTo(431);
    }

    @Test
    void refusesAFieldOfAMegabyte() throws Exception {
        assertThat(status("/hit", "X-A: " + "x".repeat(1024 * 1024) + "\r\n")).isEqualTo(431);
    }

    @Test
    void refusesATargetOf64Kilobytes() throws Exception {
        assertThat(status("/" + "x".repeat(64 * 1024), "")).isEqualTo(414);
    }

    @Test
    void refusesAMillionParameters() throws Exception {
        assertThat(status("/hit?" + "a&".repeat(1_000_000), "")).isEqualTo(414);
        assertThat(status("/hit?" + "a&".repeat(7_000), "")).isEqualTo(400);
    }

    @Test
    void refusesJsonThatIsTooDeep() {
        for (String text : new String[] {"[".repeat(100_000), "{\"a\":".repeat(100_000)}) {
            Answer answer = post(text);

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        }
    }

    @Test
    void refusesANumberOfAMillionDigits() {
        for (String number :
                new String[] {"9".repeat(1_000_000), "0." + "9".repeat(1_000_000), "1e" + "9".repeat(1000)}) {
            Answer answer = post("{\"a\":" + number + "}");

            assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        }
    }

    private static Answer post(String json) {
        long begin = System.nanoTime();
        Answer answer = client.post(MIRROR + "/json", json);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(QUICKLY);
        return answer;
    }

    /** The server answers and closes while all this is still on its way, so what is left is not sent. */
    private static int status(String target, String fields) throws Exception {
        long begin = System.nanoTime();
        try (RawConnection connection = RawConnection.to(client)) {
            String request =
                    "GET " + MIRROR + target + " HTTP/1.1\r\n" + RawConnection.fields(client) + fields + "\r\n";
            int status = connection.sendUntilAnswered(request).readStart().status();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(QUICKLY);
            return status;
        }
    }
}
