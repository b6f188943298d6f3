// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Mirror;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.process.JvmFigures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that are too large, or are not what they say, cost their sender an answer and the container nothing. */
final class BodiesIT {
    private static final Product PRODUCT = Product.find();
    private static final String LENGTH = "/api/v1/p/mirror/length";
    private static final int MEGABYTE = 1024 * 1024;
    private static final Duration AT_ONCE = Duration.ofSeconds(5);

    @AutoClose
    private static Container container;

    private static Client client;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        client = container.client();
        Operator.of(container).install(plugin("mirror").jar().withClasses(Mirror.class));
    }

    @Test
    void refusesTenGigabytesWithoutReadingThem() throws Exception {
        long begin = System.nanoTime();
        try (RawConnection connection = RawConnection.to(client)) {
            RawConnection.Reply reply =
                    connection.send(head("Content-Length: 10000000000")).read();

            assertThat(reply.status()).isEqualTo(413);
            assertThat(reply.body()).contains("PAYLOAD_TOO_LARGE", "at most 10 MB");
            assertThat(reply.field("Connection")).isEqualTo("close");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
    }

    @Test
    void theOneWhoSendsOnStillGetsTheAnswer() throws Exception {
        byte[] part = new byte[MEGABYTE];
        for (int i = 0; i < 5; i++) {
            try (RawConnection connection = RawConnection.to(client)) {
                connection.send(head("Content-Length: " + 15 * MEGABYTE));
                for (int sent = 0; sent < 15; sent++) {
                    connection.send(part);
                }
                assertThat(connection.read().status()).isEqualTo(413);
            }
        }
        // So does a client that writes all before it reads.
        Answer answer = client.post(LENGTH, "application/octet-stream", new byte[12 * MEGABYTE]);
        assertThat(answer.code()).isEqualTo("PAYLOAD_TOO_LARGE");
    }

    @Test
    void endsABodyWithoutEndAtTheLimitAndKeepsNothingOfIt() throws Exception {
        long pid = container.process().pid();
        client.post(LENGTH, "application/octet-stream", new byte[1000]);
        double before = JvmFigures.collected(pid).heapKilobytes();
        byte[] chunk = ("100000\r\n" + "x".repeat(MEGABYTE) + "\r\n").getBytes(StandardCharsets.US_ASCII);

        for (int i = 0; i < 10; i++) {
            try (RawConnection connection = RawConnection.to(client)) {
                connection.send(head("Transfer-Encoding: chunked"));
                int sent = 0;
                try {
                    for (; sent < 2_000; sent++) {
                        connection.send(chunk);
                    }
                } catch (IOException closed) {
                    assertThat(sent).isLessThan(200);
                }
                assertThat(sent).isBetween(10, 199);
            }
        }

        assertThat(JvmFigures.collected(pid).heapKilobytes()).isLessThan(before + 30 * 1024);
        assertThat(client.post(LENGTH, "text/plain", new byte[10 * MEGABYTE]).body())
                .isEqualTo(String.valueOf(10 * MEGABYTE));
    }

    @Test
    void doesNotExpandABomb() throws Exception {
        byte[] bomb = packed(100 * MEGABYTE);
        assertThat(bomb.length).isLessThan(MEGABYTE);

        Answer answer = client.with("Content-Encoding", "gzip").post(LENGTH, "application/json", bomb);

        assertThat(answer.body()).isEqualTo(String.valueOf(bomb.length));
    }

    private static byte[] packed(int zeros) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] part = new byte[MEGABYTE];
            for (int i = 0; i < zeros / MEGABYTE; i++) {
                gzip.write(part);
            }
        }
        return packed.toByteArray();
    }

    private static String head(String framing) {
        return "POST " + LENGTH + " HTTP/1.1\r\n" + RawConnection.fields(client) + framing + "\r\n\r\n";
    }
}
