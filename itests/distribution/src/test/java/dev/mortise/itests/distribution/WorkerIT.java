// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that runs in processes of its own, one for each tenant: the example in JavaScript. */
final class WorkerIT {
    private static final Product PRODUCT = Product.find();
    private static final String MESSAGES = "/api/v1/p/email/messages";
    private static final String WORKERS = "/api/v1/workers";
    private static final Duration GONE = Duration.ofSeconds(5);

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    private Client admin;

    @BeforeEach
    void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        admin = container.admin();
        container.drop(PRODUCT.example("email"), "email.jar");
        container.awaitState("email", "READY");
    }

    private List<JsonNode> workers() {
        JsonNode all = admin.get(WORKERS).json().path("workers");
        return StreamSupport.stream(all.spliterator(), false).toList();
    }

    private List<JsonNode> workers(String tenant) {
        return workers().stream()
                .filter(worker -> worker.path("tenant").asText().equals(tenant))
                .toList();
    }

    private long pid(String tenant) {
        return workers(tenant).stream()
                .map(worker -> worker.path("pid").asLong())
                .findFirst()
                .orElse(0L);
    }

    private static boolean lives(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private Answer send(String tenant) {
        return admin.tenant(tenant).post(MESSAGES, "{\"to\":\"ada@example.org\",\"subject\":\"Hello\"}");
    }

    private JsonNode sent(String tenant) {
        Answer answer = admin.tenant(tenant).get(MESSAGES);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    @Test
    void servesEachTenantByAProcessOfItsOwn() {
        admin.post("/api/v1/tenants", "{\"slug\":\"acme\"}");
        assertThat(admin.get("/api/v1/plugins/email").json().path("location").asText())
                .isEqualTo("worker");
        assertThat(admin.get("/api/v1/services/list")
                        .json()
                        .at("/services/0/location")
                        .asText())
                .isEqualTo("worker");

        assertThat(send("default").status()).isEqualTo(201);

        assertThat(sent("default").path("total").asInt()).isEqualTo(1);
        assertThat(sent("acme").path("total").asInt()).isZero();
        assertThat(workers())
                .hasSize(2)
                .allMatch(worker -> worker.path("runtimeState").asText().equals("ready"));
        assertThat(pid("acme")).isNotEqualTo(pid("default"));
        assertThat(workers("acme").get(0).path("port").asInt()).isBetween(15_000, 15_999);
        assertThat(workers("acme").get(0).path("rssBytes").asLong()).isPositive();
    }

    @Test
    void isToldOfSettingsAndAskedAboutCredentials() {
        String settings = "/api/v1/tenants/default/plugins/email";
        assertThat(send("default").json().at("/data/from").asText()).isEqualTo("noreply@example.org");

        Answer changed = admin.send("PUT", settings + "/config", "{\"from\":\"hq@example.org\"}");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(send("default").json().at("/data/from").asText()).isEqualTo("hq@example.org");

        admin.send("PUT", settings + "/auth", "{\"methodId\":\"api-key\",\"credentials\":{\"apiKey\":\"k\"}}");
        Answer with = admin.post(settings + "/validate-auth", "");
        assertThat(with.json().path("valid").asBoolean()).as(with.body()).isTrue();
    }

    @Test
    void startsOneProcessForTwentyFirstCalls() throws Exception {
        admin.post("/api/v1/tenants", "{\"slug\":\"acme\"}");
        Client acme = admin.tenant("acme");

        Burst burst = Burst.of(20, () -> acme.get(MESSAGES));

        assertThat(burst.statuses()).isEqualTo(Set.of(200));
        assertThat(workers("acme")).hasSize(1);
        assertThat(workers("acme").get(0).path("restarts").asInt()).isZero();
    }

    @Test
    void leavesNoProcessBehindWhenTheContainerIsKilled() throws Exception {
        send("default");
        long pid = pid("default");
        assertThat(lives(pid)).isTrue();

        long begin = System.nanoTime();
        container.kill();
        Wait.until("the end of the process", () -> !lives(pid));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(GONE);
    }

    @Test
    void obeysOperators() {
        send("default");
        long first = pid("default");

        assertThat(admin.post(WORKERS + "/email/stop", "").status()).isEqualTo(200);
        assertThat(lives(first)).isFalse();
        Answer refused = container.client().get(MESSAGES);
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.json().path("detail").asText()).contains("An operator stopped it.");

        assertThat(admin.post(WORKERS + "/email/start?tenant=default", "").status())
                .isEqualTo(200);
        long second = pid("default");
        assertThat(sent("default").path("total").asInt()).isZero();
        assertThat(admin.post(WORKERS + "/email/restart?tenant=default&instance=0", "")
                        .status())
                .isEqualTo(200);
        assertThat(pid("default")).isNotIn(first, second, 0L);
        assertThat(admin.post(WORKERS + "/nobody/stop", "").status()).isEqualTo(404);
    }

    @Test
    void endsWithItsPlugin() throws Exception {
        send("default");
        long pid = pid("default");
        // another node would leave its tables alone
        Wait.until("it is recorded that it runs", () -> recorded().equals(List.of("1.0.0")));

        container.remove("email.jar");

        Wait.until("the end of the process", () -> !lives(pid));
        Wait.until("no workers", () -> workers().isEmpty());
        Wait.until("nothing is recorded", () -> recorded().isEmpty());
        Wait.until("no tokens", () -> !admin.get("/api/v1/tokens").body().contains("\"email\""));
    }

    private List<String> recorded() {
        return EmbeddedDatabase.of(container)
                .column("SELECT version FROM mortise.running_plugin WHERE plugin_id = 'email'");
    }
}
