// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.itests.distribution.Operator.PLUGINS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What tenants are, have and give holds on both of two nodes, whoever takes the orders, and at the same time. */
final class TwoNodesIT {
    /** A node looks every two seconds what others changed. */
    private static final Duration HEARD = Duration.ofMillis(2_500);

    private static final int ROUNDS = 8;
    private static final String TENANTS = "/api/v1/tenants";
    private static final String READ = TwoNodes.READ;

    private static TwoNodes nodes;
    private static Provider provider;
    private static Client here;
    private static Client there;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        provider = Provider.start();
        nodes = TwoNodes.start(folder, provider);
        here = nodes.first().admin();
        there = nodes.second().admin();
    }

    @AfterAll
    static void stop() throws Exception {
        nodes.close();
        provider.close();
    }

    /** Makes a tenant on the first node, and waits until the second one serves it. */
    private static String tenant(String slug) {
        assertThat(here.post(TENANTS, "{\"slug\":\"" + slug + "\"}").status()).isEqualTo(201);
        Wait.until(
                "the other node serves it",
                () -> there.tenant(slug).get("/api/v1/p/greeting/heard").status() == 200);
        return slug;
    }

    private static String of(String tenant, String rest) {
        return TENANTS + "/" + tenant + "/plugins/" + rest;
    }

    private static Answer done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static String told(Client node, String tenant, String path) {
        return node.tenant(tenant).get("/api/v1/p/" + path).body();
    }

    @Test
    void aTenantThatIsDeletedElsewhereIsServedNoMoreAndPluginsSayGoodbye() {
        leaves("leaving-", HEARD.multipliedBy(10));
    }

    /** The figure itself, on a machine that does nothing else. */
    @Test
    @Tag("timed")
    void aTenantThatIsDeletedElsewhereIsServedNoMoreInTime() {
        leaves("timed-", HEARD);
    }

    private static void leaves(String name, Duration bound) {
        for (int round = 0; round < 2; round++) {
            String slug = tenant(name + round);
            assertThat(told(there, slug, "greeting/heard")).contains("start " + slug);

            assertThat(here.send("DELETE", TENANTS + "/" + slug + "?confirm=" + slug, "")
                            .status())
                    .isEqualTo(202);
            long begin = System.nanoTime();

            Wait.until(
                    "the other node heard of it",
                    () -> there.tenant(slug).get("/api/v1/p/greeting/heard").status() != 200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(bound);
            Wait.until("its plugin too", () -> told(there, "default", "greeting/heard")
                    .contains("disable " + slug));
        }
    }

    @Test
    void whatBothNodesDecideAndTakeAtOnceIsKept() {
        String acme = tenant("acme");
        done(here.send("PUT", of(acme, "courier/config"), "{\"pin\":\"kept\"}"));
        together(
                last -> here.send(
                        "PUT", of(acme, "courier/config"), "{\"currency\":\"" + last + "\",\"pin\":\"****\"}"),
                last -> there.send(
                        "PUT",
                        of(acme, "courier/auth"),
                        "{\"methodId\":\"key\",\"credentials\":{\"apiKey\":\"good-" + last + "\"}}"),
                last -> here.send("PUT", of(acme, "courier/grants/" + READ), ""),
                last -> there.post(of(acme, "greeting/" + (last.equals("end") ? "disable" : "enable")), ""),
                last -> there.send("DELETE", of(acme, "courier/grants/" + READ), ""),
                last -> here.post(of(acme, "desk/" + (last.equals("end") ? "stop" : "restart")), ""));
        done(there.send("DELETE", of(acme, "courier/grants/" + READ), ""));

        for (Client node : List.of(here, there)) {
            Wait.until("it holds", () -> told(node, acme, "courier/currency").equals("end"));
            Wait.until("the credential too", () -> node.post(of(acme, "courier/validate-auth"), "")
                    .body()
                    .equals("{\"valid\":true}"));
            Wait.until("the grant too", () -> shown(node, acme, "courier")
                    .path("revoked")
                    .toString()
                    .contains(READ));
            Wait.until(
                    "what was disabled too",
                    () -> !shown(node, acme, "greeting").path("enabled").asBoolean());
            Wait.until("what was stopped too", () -> shown(node, acme, "desk")
                    .path("runtimeState")
                    .asText()
                    .equals("stopped"));
        }
    }

    /** One order, as it is given in a round; that of the last one is called {@code end}. */
    private interface Order {
        Answer given(String round);
    }

    /** Gives all orders at once, again and again; each in its own order. */
    private static void together(Order... orders) {
        List<CompletableFuture<Void>> all = Stream.of(orders)
                .map(order -> CompletableFuture.runAsync(() -> {
                    for (int round = 1; round <= ROUNDS; round++) {
                        done(order.given(round == ROUNDS ? "end" : "round " + round));
                    }
                }))
                .toList();
        all.forEach(CompletableFuture::join);
    }

    private static JsonNode shown(Client node, String tenant, String plugin) {
        return node.get(of(tenant, plugin)).json();
    }

    @Test
    void aRotationLosesNothingThatTheOtherNodeWritesMeanwhile() throws Exception {
        PipedShell shell = new PipedShell(nodes.first());
        List<String> tenants = List.of(tenant("sealed-a"), tenant("sealed-b"), tenant("sealed-c"));
        AtomicInteger length = new AtomicInteger(10);
        AtomicBoolean over = new AtomicBoolean();
        List<CompletableFuture<Integer>> last = tenants.stream()
                .map(tenant -> CompletableFuture.supplyAsync(() -> {
                    int given = 0;
                    while (!over.get()) {
                        given = length.incrementAndGet();
                        String pin = "{\"pin\":\"" + "x".repeat(given) + "\"}";
                        done(there.send("PUT", of(tenant, "courier/config"), pin));
                    }
                    return given;
                }))
                .toList();

        assertThat(shell.type("secrets rotate")).contains("are sealed anew with key ");
        int rotated = length.get();
        Wait.until("the other node writes on with the old key", () -> length.get() > rotated + 10);
        nodes.bringKeys();
        int brought = length.get();
        Wait.until("and with the new one", () -> length.get() > brought + 10);
        over.set(true);
        for (int i = 0; i < tenants.size(); i++) {
            assertPin(tenants.get(i), last.get(i).get());
        }

        assertThat(shell.type("secrets drop")).endsWith("There is no older key.");
        nodes.bringKeys();
        done(there.send("PUT", of("default", "courier/config"), "{\"pin\":\"taken with the new keys\"}"));
        for (int i = 0; i < tenants.size(); i++) {
            String pin = "pin of length " + last.get(i).get();
            assertThat(told(there, tenants.get(i), "courier/pin")).isEqualTo(pin);
            assertThat(told(here, tenants.get(i), "courier/pin")).isEqualTo(pin);
            done(there.send("PUT", of(tenants.get(i), "courier/config"), "{\"pin\":\"****\"}"));
            assertPin(tenants.get(i), last.get(i).get());
        }
    }

    private static void assertPin(String tenant, int length) {
        for (Client node : List.of(here, there)) {
            Wait.until("the pin of " + tenant + " opens", () -> told(node, tenant, "courier/pin")
                    .equals("pin of length " + length));
        }
    }

    @Test
    void anAccessTokenIsRenewedOnceForBothNodes() {
        String acme = tenant("connected");
        // renewed after half of it, and until then not by the hooks that hear of it
        provider.seconds = 6;
        String begun = done(here.post(of(acme, "broker/auth/authorize"), "{}"))
                .json()
                .path("authorizationUrl")
                .asText();
        done(here.post(of(acme, "broker/auth/callback"), Provider.browse(begun)));
        provider.seconds = 3600;
        Wait.until("the plugin of the other node heard of it", () -> told(there, acme, "broker/heard")
                .contains("connected " + acme));
        Wait.until("its token is over", () -> Instant.now()
                .isAfter(Instant.parse(shown(here, acme, "broker")
                        .at("/auth/connection/expiresAt")
                        .asText(Instant.MAX.toString()))));
        int before = provider.refreshes.get();

        List<CompletableFuture<String>> calls = IntStream.range(0, 16)
                .mapToObj(call ->
                        CompletableFuture.supplyAsync(() -> told(call % 2 == 0 ? here : there, acme, "broker/number")))
                .toList();

        assertThat(calls).extracting(CompletableFuture::join).containsOnly(told(here, acme, "broker/number"));
        assertThat(provider.refreshes).hasValue(before + 1);
        assertThat(provider.stolen).isEmpty();
    }

    @Test
    void whatTheOtherNodeRunsIsNeitherTakenBackNorPurged() {
        String down = PLUGINS + "/stock/migrations/down?confirm=1";
        String purge = PLUGINS + "/stock?purge=true&confirm=stock";
        assertThat(here.send("DELETE", PLUGINS + "/stock?wait=true", "").status())
                .isEqualTo(200);

        for (Answer refused : List.of(here.post(down, ""), here.send("DELETE", purge, ""))) {
            assertThat(refused.status()).isEqualTo(409);
            assertThat(refused.json().path("detail").asText()).startsWith("Plugin stock 1.0.0 runs on node ");
        }
        assertThat(there.tenant("default").get("/api/v1/p/stock/version").status())
                .isEqualTo(200);

        assertThat(there.send("DELETE", PLUGINS + "/stock?wait=true", "").status())
                .isEqualTo(200);
        Wait.until("it may be taken back", () -> here.post(down, "").status() == 200);
        Wait.until("and purged", () -> here.send("DELETE", purge, "").status() == 200);
        assertThat(EmbeddedDatabase.of(nodes.first()).pluginSchemas()).doesNotContain("p_stock");
    }

    @Test
    void countsOfBothNodesAddUpAndEndTogether() {
        String hot = "/api/v1/p/desk/shared/hot/k/count";
        List<CompletableFuture<List<String>>> callers = IntStream.range(0, 8)
                .mapToObj(caller -> CompletableFuture.supplyAsync(() -> IntStream.range(0, 25)
                        .mapToObj(call -> done((caller % 2 == 0 ? here : there)
                                        .tenant("default")
                                        .post(hot, ""))
                                .body())
                        .toList()))
                .toList();

        assertThat(callers.stream().flatMap(caller -> caller.join().stream()))
                .doesNotHaveDuplicates()
                .hasSize(200)
                .contains("200");
    }
}
