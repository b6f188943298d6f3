// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.distribution.ForeignWalk.Step;
import dev.mortise.itests.distribution.plugins.Prying;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tenant {@code acme} has something in every place that there is. Tenant {@code globex} asks for all of it, by every path, and
 * finds nothing, changes nothing, and can't tell what is there from what is not.
 */
final class IsolationIT {
    private static final Product PRODUCT = Product.find();
    private static final String MARK = "acme-canary-7d31";
    private static final String NOTHING = "00000000-0000-4000-8000-000000000000";
    private static final String SHARED = "/api/v1/shared-data/";

    @TempDir
    private static Path folder;

    @AutoClose
    private static Container container;

    private static final List<String> IDS = new ArrayList<>();
    private static Client admin;
    private static RemoteLease lease;

    @BeforeAll
    static void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home"), Map.of("MORTISE_LOG_ACCESS", "on"))
                .awaitReady();
        admin = container.admin();
        for (String name : List.of("inventory", "crm", "reports")) {
            container.drop(PRODUCT.example(name), name + ".jar");
        }
        Operator.of(container)
                .install(plugin("prying")
                        .shares("prying.notes")
                        .with("config", Map.of("note", Map.of(), "key", Map.of("encrypted", true)))
                        .with("auth", List.of(Map.of("id", "key", "type", "apiKey", "configField", "key")))
                        .jar()
                        .withClasses(Prying.class)
                        .withMigration("1__notes.sql", """
                                CREATE TABLE p_prying__notes (text text NOT NULL);
                                SELECT mortise.tenant_table('p_prying__notes');
                                """));
        container.awaitState("reports", "READY");
        container.awaitState("crm", "READY");
        container.awaitState("worker-token", "READY");
        for (String tenant : List.of("acme", "globex")) {
            made(admin.post("/api/v1/tenants", "{\"slug\":\"" + tenant + "\"}"));
        }
        fill(admin.tenant("acme"));
    }

    private static void fill(Client acme) {
        String product = "{\"name\":\"%s\",\"sku\":\"%s\",\"price\":1,\"quantity\":1}".formatted(MARK, MARK);
        IDS.add(made(acme.post("/api/v1/p/inventory/products", product))
                .at("/data/id")
                .asText());
        IDS.add(made(acme.post("/api/v1/p/crm/contacts", "{\"name\":\"" + MARK + "\"}"))
                .at("/data/id")
                .asText());
        IDS.add(made(acme.post("/api/v1/p/worker-token/tokens", token()))
                .path("id")
                .asText());
        assertThat(acme.post("/api/v1/p/prying/notes", "\"" + MARK + "\"").status())
                .isEqualTo(204);
        String settings = "/api/v1/tenants/acme/plugins/prying/";
        done(admin.send("PUT", settings + "config", "{\"note\":\"" + MARK + "\"}"));
        done(admin.send("PUT", settings + "auth", "{\"methodId\":\"key\",\"credentials\":{\"key\":\"" + MARK + "\"}}"));
        IDS.add(made(admin.post("/api/v1/tokens", "{\"kind\":\"plugin\",\"plugin\":\"prying\",\"tenant\":\"acme\"}"))
                .path("id")
                .asText());
        lease = RemoteLease.hold(remoteOfAcme(), """
                {'baseUrl':'http://10.9.8.7:4711/',
                 'manifest':{'id':'far','name':'%s','version':'1.0.0','api':{'services':[
                 {'name':'far.things','version':'1.0.0','metadata':{'note':'%s'},'endpoints':[{'method':'GET','path':'/things'}]}]}}}""".formatted(MARK, MARK));
        IDS.add(lease.serviceId());
        assertThat(IDS).doesNotContain("");
    }

    private static Client remoteOfAcme() {
        Answer made = admin.post("/api/v1/tokens", "{\"kind\":\"remote\",\"plugin\":\"far\",\"tenant\":\"acme\"}");
        return container.anonymous().token(made(made).path("token").asText());
    }

    private static String token() {
        return "{\"name\":\"" + MARK + "\",\"permissions\":[\"plugin.inventory.products.read\"]}";
    }

    private static JsonNode made(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private static void done(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    /** Everybody who may act for the other tenant, as themselves and with the wish to act for this one. */
    private static List<Client> strangers() {
        String all = """
                {"name":"user","permissions":["plugin.inventory.products.read","plugin.inventory.products.write",
                 "plugin.crm.contacts.read","plugin.crm.contacts.write","plugin.reports.generate",
                 "plugin.worker-token.tokens.manage"]}""";
        Client user = container
                .anonymous()
                .token(made(admin.tenant("globex").post("/api/v1/p/worker-token/tokens", all))
                        .path("token")
                        .asText());
        Client prying = PluginClients.of(container, "prying", "globex");
        Client reports = PluginClients.of(container, "reports", "globex");
        return Stream.of(user, prying, reports)
                .flatMap(client -> Stream.of(client, client.tenant("acme")))
                .toList();
    }

    @Test
    void noPathShowsOrChangesAnythingOfAnotherTenant() {
        Map<String, String> before = ofAcme();
        assertThat(before.values()).allMatch(text -> text.contains(MARK) || text.contains("acme"));
        JsonNode api = admin.get("/openapi.json").json();
        Map<String, List<String>> known = Map.of(
                "tenant", List.of("acme"),
                "plugin", List.of("prying", "inventory"),
                "permission", List.of("plugin.inventory.products.read"));

        int steps = 0;
        for (String tenant : List.of("", "&tenantId=acme&tenant=acme")) {
            ForeignWalk walk = new ForeignWalk(
                    known,
                    Stream.concat(IDS.stream(), Stream.of("prying")).toList(),
                    "namespace=prying.notes&key=kept&serviceName=far.things&name=far.things&version=*" + tenant,
                    "{\"namespace\":\"prying.notes\",\"key\":\"kept\",\"value\":1,\"serviceId\":\"%s\",\"slug\":\"acme\"}"
                            .formatted(lease.serviceId()));
            for (Client stranger : strangers()) {
                steps += walk.walk(api, stranger, (client, step) -> look(walk, client, step));
            }
        }

        assertThat(steps).isGreaterThan(12 * api.path("paths").size());
        assertThat(ofAcme()).isEqualTo(before);
        assertThat(lease.heartbeat().status()).isEqualTo(200);
    }

    private static void look(ForeignWalk walk, Client client, Step step) {
        assertThat(step.answer().status()).as("%s", step).isLessThan(500);
        assertThat(step.toString()).doesNotContain(MARK);
        for (String id : IDS) {
            if (step.path().contains(id)) {
                Step unknown = walk.ask(client, step.method(), step.path().replace(id, NOTHING));
                assertThat(step.answer().status())
                        .as("%s", step)
                        .isEqualTo(unknown.answer().status());
                assertThat(plain(step, id)).isEqualTo(plain(unknown, NOTHING));
            }
        }
    }

    /** What is there of another tenant is looked up as long as what is nowhere: neither answer tells by its time. */
    @Test
    void noAnswerTellsByItsTimeWhatIsThere() {
        Client user = strangers().get(0);
        for (String path : List.of("/api/v1/p/inventory/products/", "/api/v1/p/crm/contacts/")) {
            String id = IDS.get(path.contains("crm") ? 1 : 0);
            List<Long> there = new ArrayList<>();
            List<Long> nowhere = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                nowhere.add(nanos(user, path + NOTHING));
                there.add(nanos(user, path + id));
            }

            assertThat(Math.abs(median(there) - median(nowhere)))
                    .as("nanoseconds between the medians of %s", path)
                    .isLessThan(2_000_000);
        }
    }

    private static long nanos(Client client, String path) {
        long begin = System.nanoTime();
        assertThat(client.get(path).status()).isEqualTo(404);
        return System.nanoTime() - begin;
    }

    private static long median(List<Long> times) {
        return times.stream().sorted().skip(times.size() / 2).findFirst().orElseThrow();
    }

    private static String plain(Step step, String id) {
        return step.answer().body().replace(id, "<id>").replaceAll("\"requestId\":\"[^\"]*\"", "");
    }

    /** All that the tenant sees of what it has. */
    private static Map<String, String> ofAcme() {
        Client acme = admin.tenant("acme");
        Map<String, String> all = new TreeMap<>();
        for (String path : List.of(
                "/api/v1/p/inventory/products",
                "/api/v1/p/crm/contacts",
                "/api/v1/p/worker-token/tokens",
                "/api/v1/p/prying/shared",
                "/api/v1/p/prying/settings",
                "/api/v1/tenants/acme",
                "/api/v1/tenants/acme/plugins")) {
            // A time may still be put right by what was kept in the database.
            all.put(path, acme.get(path).body().replaceAll("\"since\":\"[^\"]*\"", ""));
        }
        all.put("rows", String.valueOf(notes("acme")));
        return all;
    }

    private static List<String> notes(String tenant) {
        Answer rows = admin.tenant(tenant).get("/api/v1/p/prying/rows");
        assertThat(rows.body()).contains("p_prying__notes:", "pg_catalog.pg_stat_activity:");
        return rows.body().lines().filter(line -> line.contains(MARK)).toList();
    }

    @Test
    void aPluginReachesNothingOfOneTenantForAnother() {
        Client globex = admin.tenant("globex");

        assertThat(notes("acme")).isNotEmpty();
        assertThat(globex.get("/api/v1/p/prying/rows").body())
                .contains("p_prying__notes:", "pg_catalog.pg_stat_activity:")
                .doesNotContain(MARK, "acme");
        assertThat(globex.get("/api/v1/p/prying/shared").body()).doesNotContain(MARK);
        assertThat(globex.get("/api/v1/p/prying/settings").body()).doesNotContain(MARK);
    }

    @Test
    void aWatchTellsNothingOfAnotherTenant() throws Exception {
        Client globex = PluginClients.of(container, "prying", "globex");
        try (EventStream stream = EventStream.open(globex, SHARED + "watch?namespace=prying.notes")) {
            assertThat(stream.status()).isEqualTo(200);
            Client acme = PluginClients.of(container, "prying", "acme");
            set(acme, "theirs");
            set(globex, "own");

            Wait.until("its own change is told", () -> String.valueOf(stream.lines())
                    .contains("own"));

            assertThat(String.valueOf(stream.lines())).doesNotContain("theirs");
            // Not before: of what comes and goes between two looks nothing is told.
            delete(acme, "theirs");
            delete(globex, "own");
        }
    }

    private static void set(Client client, String key) {
        done(client.post(SHARED + "set", "{\"namespace\":\"prying.notes\",\"key\":\"" + key + "\",\"value\":1}"));
    }

    private static void delete(Client client, String key) {
        Answer gone = client.send("DELETE", SHARED + "delete?namespace=prying.notes&key=" + key, "");
        assertThat(gone.status()).as(gone.body()).isEqualTo(204);
    }

    @Test
    void metricsAndLogsTellNothingOfATenant() throws IOException {
        for (Client stranger : strangers()) {
            assertThat(stranger.get("/metrics").status()).isEqualTo(403);
        }
        assertThat(admin.get("/metrics").body()).doesNotContain(MARK, "acme");
        try (Stream<Path> files = Files.list(folder.resolve("home/log"))) {
            for (Path file : files.toList()) {
                assertThat(Files.readString(file)).as("%s", file).doesNotContain(MARK);
            }
        }
    }
}
