// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.plugins.Sharing;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shared data of the product: over HTTP, in plugins, and between both. */
final class SharedDataIT {
    private static final Product PRODUCT = Product.find();
    private static final String AREA = "/api/v1/shared-data/";

    private static Container container;
    private static Client desk;
    private static Client stock;
    private static Client deskOfBeta;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(
                        PRODUCT,
                        folder.resolve("home"),
                        Map.of("MORTISE_DATA_TENANTS_REFRESH_SECONDS", "1", "MORTISE_DATA_SHARED_KEYS_MAX", "500"))
                .awaitReady();
        Operator operator = Operator.of(container);
        operator.install(plugin("desk").shares("desk.secret", "ledger").jar().withClasses(Sharing.class));
        operator.install(plugin("stock").jar().withClasses(Sharing.class));
        EmbeddedDatabase.of(container)
                .column("INSERT INTO mortise.tenant (id, slug, name) VALUES ('beta', 'beta', 'Beta') RETURNING id");
        Wait.until(
                "tenant beta is known",
                () -> container.admin().get("/api/v1/tenants").body().contains("beta"));
        desk = bound("desk", "default");
        stock = bound("stock", "default");
        deskOfBeta = bound("desk", "beta");
    }

    @AfterAll
    static void stop() throws Exception {
        container.close();
    }

    @Test
    void isWrittenReadListedAndDeletedOverHttp() {
        assertThat(ok(post(desk, "set", "{'namespace':'basics','key':'a','value':{'n':[1.10,null]}}")))
                .isEqualTo("{\"version\":1}");
        assertThat(ok(post(desk, "set", "{'namespace':'basics','key':'b','value':null,'ttl':3600}")))
                .isEqualTo("{\"version\":1}");

        assertThat(ok(stock.get(AREA + "get?namespace=basics&key=a")))
                .isEqualTo("{\"value\":{\"n\":[1.10,null]},\"version\":1,\"ownerId\":\"desk\"}");
        JsonNode b = stock.get(AREA + "get?namespace=basics&key=b").json();
        assertThat(b.path("value").isNull()).isTrue();
        assertThat(b.path("expiresAt").asText()).matches("20.*Z");
        JsonNode list = desk.get(AREA + "list?namespace=basics&ownerId=desk").json();
        assertThat(list.path("count").asInt()).isEqualTo(2);
        assertThat(list.at("/entries/0/key").asText()).isEqualTo("a");
        assertThat(desk.send("DELETE", AREA + "delete?namespace=basics&key=a", "")
                        .status())
                .isEqualTo(204);
        assertThat(desk.get(AREA + "get?namespace=basics&key=a").code()).isEqualTo("NOT_FOUND");
        assertThat(ok(post(desk, "clear", "{'namespace':'basics'}"))).isEqualTo("{\"cleared\":1}");
    }

    @Test
    void belongsToWhoeverWritesFirstHereOrThere() {
        post(desk, "set", "{'namespace':'owned','key':'k','value':1}");

        assertThat(post(stock, "set", "{'namespace':'owned','key':'k','value':2}")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(post(stock, "cas", "{'namespace':'owned','key':'k','value':2,'expectedVersion':1}")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(stock.send("DELETE", AREA + "delete?namespace=owned&key=k", "")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(post(stock, "set", "{'namespace':'owned','key':'k','value':2,'ownerId':'desk'}")
                        .status())
                .isEqualTo(403);
        assertThat(container
                        .client()
                        .send("PUT", "/api/v1/p/stock/shared/owned/k", "3")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(container.client().get("/api/v1/p/stock/shared/owned/k").body())
                .isEqualTo("1");
        assertThat(container
                        .client()
                        .send("PUT", "/api/v1/p/desk/shared/owned/k", "4")
                        .status())
                .isEqualTo(204);
        assertThat(stock.get(AREA + "get?namespace=owned&key=k")
                        .json()
                        .path("version")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void isReadByThoseAloneWhomTheManifestNames() {
        post(desk, "set", "{'namespace':'desk.secret','key':'k','value':1}");

        assertThat(stock.get(AREA + "get?namespace=desk.secret&key=k").code()).isEqualTo("PERMISSION_DENIED");
        assertThat(container
                        .client()
                        .get("/api/v1/p/stock/shared/desk.secret/k")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        assertThat(stock.get(AREA + "list?namespace=desk.secret")
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
        assertThat(bound("ledger", "default")
                        .get(AREA + "get?namespace=desk.secret&key=k")
                        .status())
                .isEqualTo(200);
        assertThat(container
                        .client()
                        .get(AREA + "get?namespace=desk.secret&key=k")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void isNothingToAnotherTenant() {
        post(desk, "set", "{'namespace':'tenants','key':'k','value':1}");

        assertThat(deskOfBeta.get(AREA + "get?namespace=tenants&key=k").code()).isEqualTo("NOT_FOUND");
        assertThat(deskOfBeta
                        .get(AREA + "list?namespace=tenants")
                        .json()
                        .path("count")
                        .asInt())
                .isZero();
        assertThat(ok(post(deskOfBeta, "clear", "{'namespace':'tenants'}"))).isEqualTo("{\"cleared\":0}");
        assertThat(container
                        .admin()
                        .tenant("beta")
                        .get(AREA + "get?namespace=tenants&key=k")
                        .code())
                .isEqualTo("NOT_FOUND");
        assertThat(deskOfBeta
                        .tenant("default")
                        .get(AREA + "get?namespace=tenants&key=k")
                        .code())
                .isEqualTo("TENANT_MISMATCH");
        assertThat(desk.get(AREA + "get?namespace=tenants&key=k&tenantId=beta").code())
                .isEqualTo("TENANT_MISMATCH");
        assertThat(container
                        .admin()
                        .tenant("beta")
                        .get("/api/v1/p/desk/shared/tenants/k")
                        .body())
                .isEqualTo("nothing");
        assertThat(container.admin().get(AREA + "list?namespace=tenants").code())
                .isEqualTo("TENANT_REQUIRED");
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
                sums.add(container
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
        EmbeddedDatabase database = EmbeddedDatabase.of(container);
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
        Client many = bound("hoarder", "default");
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

    @Test
    void isForPluginsAndAdministrators() {
        assertThat(container.anonymous().get(AREA + "list?namespace=n").code()).isEqualTo("UNAUTHENTICATED");
        assertThat(post(container.client(), "set", "{'namespace':'n','key':'k','value':1}")
                        .code())
                .isEqualTo("PERMISSION_DENIED");
        Answer moved = desk.get("/api/shared-data/get?namespace=n&key=k");
        assertThat(moved.status()).isEqualTo(404);
        assertThat(moved.json().path("detail").asText())
                .isEqualTo("'/api/shared-data/get' has moved to '/api/v1/shared-data/get'.");
    }

    @Test
    void isMeasured() {
        post(desk, "set", "{'namespace':'measured','key':'k','value':1}");

        MetricsPage page = MetricsPage.of(container);
        assertThat(page.sum(
                        "mortise_shared_operations_seconds_count",
                        "plugin",
                        "desk",
                        "operation",
                        "set",
                        "outcome",
                        "done"))
                .isPositive();
        assertThat(page.values("tenant")).isEmpty();
    }

    private static Client bound(String plugin, String tenant) {
        String order = "{\"kind\":\"plugin\",\"plugin\":\"%s\",\"tenant\":\"%s\"}".formatted(plugin, tenant);
        Answer made = container.admin().post("/api/v1/tokens", order);
        assertThat(made.status()).as(made.body()).isEqualTo(201);
        return container.anonymous().token(made.json().path("token").asText());
    }

    private static Answer post(Client client, String path, String order) {
        return client.post(AREA + path, order.replace('\'', '"'));
    }

    private static String ok(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }
}
