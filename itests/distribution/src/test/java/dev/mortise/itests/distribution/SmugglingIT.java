// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Mirror;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A request that two programs could end in two places is refused, and nothing behind it is served. */
final class SmugglingIT {
    private static final Product PRODUCT = Product.find();
    private static final String MIRROR = "/api/v1/p/mirror";
    private static final List<String> FRAMINGS = List.of(
            "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
            "Transfer-Encoding:\u000bchunked\r\n\r\n0\r\n\r\n",
            " Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "X: 1\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
            "Content-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
            "Content-Length: 5, 6\r\n\r\nhello",
            "Content-Length: +5\r\n\r\nhello",
            "Content-Length: -5\r\n\r\nhello",
            "Content-Length: 5 5\r\n\r\nhello",
            "Content-Length : 5\r\n\r\nhello",
            "Content-Length: 0x5\r\n\r\nhello",
            "Content-Length: 5\r\n continued\r\n\r\nhello",
            "Content-Length: 99999999999999999999\r\n\r\nhello",
            "X: 1\r\n folded\r\nContent-Length: 5\r\n\r\nhello");
    private static final List<String> CHUNKS = List.of(
            "5;a=\"\r\nhello\r\n0\r\n\r\n",
            "5;a=\"x\r\nhello\r\n0\r\n\r\n",
            "5;a=b\nhello\r\n0\r\n\r\n",
            "5\nhello\r\n0\r\n\r\n",
            "5\r\nhello\n0\r\n\r\n",
            "5\r\nhelloX\r\n0\r\n\r\n",
            "+5\r\nhello\r\n0\r\n\r\n",
            "0x5\r\nhello\r\n0\r\n\r\n",
            "-1\r\nhello\r\n0\r\n\r\n",
            "fffffffffffffffff\r\nhello\r\n0\r\n\r\n");

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
    void refusesWhatCanEndInTwoPlacesAndClosesTheConnection() throws Exception {
        String before = hits();
        String fields = RawConnection.fields(client);
        String post = "POST " + MIRROR + "/length HTTP/1.1\r\n" + fields;
        List<String> attacks = new ArrayList<>();
        FRAMINGS.forEach(framing -> attacks.add(post + framing));
        CHUNKS.forEach(chunks -> attacks.add(post + "Transfer-Encoding: chunked\r\n\r\n" + chunks));
        attacks.add("POST " + MIRROR + "/length HTTP/1.0\r\n" + fields + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        attacks.add("GET http://other" + MIRROR + "/hit HTTP/1.1\r\n" + fields + "\r\n");
        attacks.add("GET " + MIRROR + "/hit HTTP/1.1\r\n" + fields + "Host: other\r\n\r\n");
        attacks.add("GET " + MIRROR + "/hit HTTP/1.1\n" + fields.replace("\r", "") + "\n");

        for (String attack : attacks) {
            try (RawConnection connection = RawConnection.to(client)) {
                RawConnection.Reply reply = connection.send(attack + hit()).read();

                assertThat(reply.status()).as(attack).isEqualTo(400);
                assertThat(reply.field("Connection")).as(attack).isEqualTo("close");
                assertThat(reply.field("X-Request-Id")).as(attack).isNotEmpty();
                assertThat(connection.isClosed()).as(attack).isTrue();
            }
        }
        assertThat(hits()).isEqualTo(before);
        countsThemAll(attacks.size());
    }

    @Test
    void servesExactlyAsManyAsAreSent() throws Exception {
        int before = Integer.parseInt(hits());
        try (RawConnection connection = RawConnection.to(client)) {
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                String fields = RawConnection.fields(client);
                all.append("POST " + MIRROR + "/length HTTP/1.1\r\n" + fields + "Content-Length: 5\r\n\r\nhello");
                all.append("POST " + MIRROR + "/length HTTP/1.1\r\n" + fields)
                        .append("Transfer-Encoding: chunked\r\n\r\n5;a=b\r\nhello\r\n0\r\n\r\n");
            }
            connection.send(all.toString());
            for (int i = 0; i < 40; i++) {
                assertThat(connection.read().body()).isEqualTo("5");
            }
        }
        assertThat(Integer.parseInt(hits())).isEqualTo(before + 40);
    }

    /** What the listener refuses stands in the counts and in the log like any other refusal. */
    private static void countsThemAll(int attacks) throws Exception {
        double counted = MetricsPage.of(container).sum("mortise_refusals_total", "plugin", "-", "code", "BAD_REQUEST");
        double paths = MetricsPage.of(container).sum("mortise_refusals_total", "code", "BAD_PATH");
        // A broken chunk is found by the handler that reads it, so it counts for its plugin.
        double chunks =
                MetricsPage.of(container).sum("mortise_refusals_total", "plugin", "mirror", "code", "BAD_REQUEST");
        assertThat(counted + paths + chunks).isEqualTo(attacks);
        Path log = container.home().resolve("log/refused.log");
        Wait.until("a line of each, or of how many more", () -> Files.readAllLines(log).stream()
                .anyMatch(line -> line.contains("\"code\":\"BAD_REQUEST\"") && line.contains("\"plugin\":\"-\"")));
    }

    private static String hit() {
        return RawConnection.get(client, MIRROR + "/hit");
    }

    private static String hits() {
        return client.get(MIRROR + "/hits").body();
    }
}
