// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.itests.distribution.plugins.Mirror;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers to HEAD, to conditions and to who takes gzip, as they leave the product. */
final class AnswersIT {
    private static final Product PRODUCT = Product.find();
    private static final String TAGGED = "/api/v1/p/mirror/tagged";

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
    void headHasTheFieldsOfGetAndNothingBehindThem() throws Exception {
        Client packed = client.with("Accept-Encoding", "gzip").with("X-Request-Id", "one");
        String get = RawConnection.get(packed, TAGGED);
        try (RawConnection connection = RawConnection.to(client)) {
            Map<String, String> whole = connection.send(get).read().fields();
            Map<String, String> head =
                    connection.send(get.replace("GET ", "HEAD ")).readStart().fields();
            Map<String, String> again = connection.send(get).read().fields();

            whole.remove("Date");
            head.remove("Date");
            again.remove("Date");
            assertThat(head).isEqualTo(whole).containsEntry("Content-Encoding", "gzip");
            assertThat(again).isEqualTo(whole);
        }
    }

    @Test
    void whoHasItIsToldSo() throws Exception {
        String get = RawConnection.get(client.with("If-None-Match", "W/\"one\""), TAGGED);
        try (RawConnection connection = RawConnection.to(client)) {
            RawConnection.Reply known = connection.send(get).read();

            assertThat(known.status()).isEqualTo(304);
            assertThat(known.fields())
                    .containsEntry("ETag", "\"one\"")
                    .containsEntry("Cache-Control", "no-cache")
                    .containsEntry("Vary", "Accept-Encoding")
                    .containsKeys("Date", "X-Request-Id")
                    .doesNotContainKeys("Content-Length", "Content-Type", "Transfer-Encoding");
            assertThat(connection.send(RawConnection.get(client, TAGGED)).read().status())
                    .isEqualTo(200);
        }
    }

    @Test
    void whoWantsSomethingElseIsToldSo() {
        assertThat(client.with("If-Match", "\"two\"").get(TAGGED).code()).isEqualTo("PRECONDITION_FAILED");
        assertThat(client.with("If-Match", "\"one\"").get(TAGGED).status()).isEqualTo(200);
    }

    @Test
    void whatCanNotBeWrittenIsAFaultUnderTheIdOfItsRequest() {
        Answer answer = client.with("X-Request-Id", "split-1").get("/api/v1/p/mirror/split");

        assertThat(answer.status()).isEqualTo(500);
        assertThat(answer.headers().firstValue("X-Request-Id")).contains("split-1");
        assertThat(answer.json().path("requestId").asText()).isEqualTo("split-1");
        assertThat(answer.json().path("instance").asText()).isEqualTo("/api/v1/p/mirror/split");
        assertThat(counted("/split", "5xx")).isEqualTo(1);
        assertThat(counted("/split", "2xx")).isZero();
    }

    @Test
    void whatBreaksOffIsAFaultInTheCounts() throws Exception {
        try (RawConnection connection = RawConnection.to(client)) {
            connection.send(RawConnection.get(client, "/api/v1/p/mirror/half"));

            assertThatThrownBy(connection::read).isInstanceOf(IOException.class);
        }
        Wait.until("it is counted", () -> counted("/half", "5xx") == 1);
        assertThat(counted("/half", "2xx")).isZero();
    }

    @Test
    void noOtherTransferCodingThanChunkedIsRead() throws Exception {
        try (RawConnection connection = RawConnection.to(client)) {
            RawConnection.Reply reply = connection
                    .send("POST /api/v1/p/mirror/length HTTP/1.1\r\n" + RawConnection.fields(client)
                            + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n")
                    .read();

            assertThat(reply.status()).isEqualTo(501);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    private static double counted(String route, String status) {
        return MetricsPage.of(container)
                .sum("mortise_calls_seconds_count", "plugin", "mirror", "route", route, "status", status);
    }
}
