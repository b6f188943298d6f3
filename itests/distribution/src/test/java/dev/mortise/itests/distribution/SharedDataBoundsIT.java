// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.itests.distribution.SharedDesks.AREA;
import static dev.mortise.itests.distribution.SharedDesks.ok;
import static dev.mortise.itests.distribution.SharedDesks.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What shared data bounds, and what it does not lose. */
final class SharedDataBoundsIT {
    @AutoClose
    private static SharedDesks desks;

    private static Client desk;
    private static Client stock;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        desks = SharedDesks.start(folder.resolve("home"));
        desk = desks.bound("desk", "default");
        stock = desks.bound("stock", "default");
    }

    @Test
    void losesNoUpdateOfAHotKey() {
        Set<String> sums = new ConcurrentSkipListSet<>();
        IntStream.range(0, 8).parallel().forEach(caller -> {
            for (int i = 0; i < 25; i++) {
                sums.add(post(desk, "increment", "{'namespace':'hot','key':'sum'}")
                        .json()
                        .path("value")
                        .asText());
                sums.add(desks.container()
                        .client()
                        .post("/api/v1/p/desk/shared/hot/sum/count", "")
                        .body());
                compareAndAdd();
            }
        });

        assertThat(sums).hasSize(400);
        assertThat(new TreeSet<>(sums.stream().map(Integer::valueOf).toList()).last())
                .isEqualTo(400);
        assertThat(stock.get(AREA + "get?namespace=hot&key=cas")
                        .json()
                        .path("value")
                        .asInt())
                .isEqualTo(200);
    }

    private static void compareAndAdd() {
        Answer answer;
        do {
            JsonNode now = desk.get(AREA + "get?namespace=hot&key=cas").json();
            answer = post(
                    desk,
                    "cas",
                    "{'namespace':'hot','key':'cas','value':%d,'expectedVersion':%d}"
                            .formatted(
                                    now.path("value").asInt() + 1,
                                    now.path("version").asLong()));
        } while (answer.status() == 409);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void isNotReadAfterItsEnd() {
        post(desk, "set", "{'namespace':'ttl','key':'k','value':1,'ttl':1}");
        EmbeddedDatabase database = EmbeddedDatabase.of(desks.container());
        Answer answer;
        do {
            boolean over = database.column(
                            "SELECT clock_timestamp() >= expires_at FROM mortise.shared_data WHERE namespace = 'ttl'")
                    .equals(List.of("t"));
            answer = stock.get(AREA + "get?namespace=ttl&key=k");
            assertThat(over && answer.status() == 200).as("read after its end").isFalse();
        } while (answer.status() == 200);

        assertThat(answer.code()).isEqualTo("NOT_FOUND");
        assertThat(stock.get(AREA + "list?namespace=ttl").json().path("count").asInt())
                .isZero();
        assertThat(ok(post(stock, "cas", "{'namespace':'ttl','key':'k','value':2,'expectedVersion':0}")))
                .isEqualTo("{\"version\":1}");
        assertThat(post(desk, "set", "{'namespace':'ttl','key':'k','value':1,'ttl':0}")
                        .code())
                .isEqualTo("VALIDATION_FAILED");
    }

    @Test
    void boundsValuesNamesAndNumbers() {
        String most = "'" + "x".repeat((1 << 20) - 2) + "'";
        assertThat(post(desk, "set", "{'namespace':'bounds','key':'k','value':" + most + "}")
                        .status())
                .isEqualTo(200);
        assertThat(post(desk, "set", "{'namespace':'bounds','key':'k','value':" + most.replaceFirst("x", "xx") + "}")
                        .code())
                .isEqualTo("PAYLOAD_TOO_LARGE");
        assertThat(post(desk, "set", "{'namespace':'bounds','key':'a\\u0000b','value':1}")
                        .code())
                .isEqualTo("VALIDATION_FAILED");
        assertThat(desk.get(AREA + "get?namespace=bounds&key=a%00b").status()).isEqualTo(400);
        for (String key : List.of("Zürich/😀 100%", "e\u0301", "'; DROP TABLE x; --")) {
            String text = key.replace("'", "\\u0027");
            assertThat(post(desk, "set", "{'namespace':'bounds','key':'" + text + "','value':1}")
                            .status())
                    .isEqualTo(200);
            String encoded = URLEncoder.encode(key, StandardCharsets.UTF_8).replace("+", "%20");
            assertThat(desk.get(AREA + "get?namespace=bounds&key=" + encoded).status())
                    .as(key)
                    .isEqualTo(200);
        }
        assertThat(post(desk, "set", "{'namespace':'bounds','key':'text','value':'x'}")
                        .status())
                .isEqualTo(200);
        assertThat(post(desk, "increment", "{'namespace':'bounds','key':'text'}")
                        .code())
                .isEqualTo("CONFLICT");
    }

    @Test
    void endsAtTheQuota() {
        Client many = desks.bound("hoarder", "default");
        Answer last = IntStream.rangeClosed(1, 501)
                .mapToObj(i -> post(many, "set", "{'namespace':'quota','key':'k" + i + "','value':1}"))
                .reduce((before, next) -> next)
                .orElseThrow();

        assertThat(last.code()).isEqualTo("CONFLICT");
        assertThat(last.body()).contains("500 keys").contains("'shared.keys.max'");
        assertThat(post(many, "set", "{'namespace':'quota','key':'k1','value':2}")
                        .status())
                .isEqualTo(200);
        assertThat(ok(post(many, "clear", "{'namespace':'quota'}"))).isEqualTo("{\"cleared\":500}");
    }
}
