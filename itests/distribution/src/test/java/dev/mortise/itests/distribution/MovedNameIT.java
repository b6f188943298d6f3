// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever answers for a name can't show one address to the judge and another one to the connection (DNS rebinding). */
final class MovedNameIT {
    private static final Product PRODUCT = Product.find();
    private static final String ALLOWED = "127.0.0.2";
    private static final String FORBIDDEN = "127.0.0.1";

    @TempDir
    private static Path folder;

    @AutoClose
    private static Container container;

    private static Client desk;

    @BeforeAll
    static void start() throws Exception {
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc/process.properties"), "remote.addresses = " + ALLOWED + "/32\n");
        names("");
        container = Container.start(PRODUCT, home, Map.of("MORTISE_JAVA_OPTS", javaOptions()))
                .awaitReady();
        Operator.of(container)
                .install(plugin("desk").wants("stray.things", "^1.0.0").jar());
        desk = PluginClients.of(container, "desk", "default");
    }

    /** Java asks a file in the place of the network, at each look-up again. */
    private static String javaOptions() {
        return System.getenv().getOrDefault("MORTISE_JAVA_OPTS", "") + " -Dsun.net.inetaddr.ttl=0 -Djdk.net.hosts.file="
                + folder.resolve("hosts");
    }

    private static void names(String lines) throws Exception {
        Files.writeString(folder.resolve("hosts"), "127.0.0.1 localhost\n" + lines);
    }

    @Test
    void aNameThatMovesIsCalledWhereItWasJudged() throws Exception {
        try (RemoteInstance judged = RemoteInstance.start(ALLOWED, 0).answering(200, "{}");
                RemoteInstance trap = RemoteInstance.start(FORBIDDEN, judged.port())) {
            names(ALLOWED + " moving.test\n");
            Client announcer = RemoteLease.announcer(container, "stray");
            try (Heartbeats heartbeats = Heartbeats.of(RemoteLease.hold(announcer, body("moving.test", judged)))) {
                awaitAnswer();

                names(FORBIDDEN + " moving.test\n");

                for (int i = 0; i < 20; i++) {
                    assertThat(get().status()).isEqualTo(200);
                }
                assertRefused(announcer, "moving.test", judged);
                assertThat(get().status()).isEqualTo(200);
            }
            assertThat(trap.count()).isZero();
        }
    }

    @Test
    void everyAddressOfANameIsJudged() throws Exception {
        try (RemoteInstance judged = RemoteInstance.start(ALLOWED, 0);
                RemoteInstance trap = RemoteInstance.start(FORBIDDEN, judged.port())) {
            names(ALLOWED + " both.test\n" + FORBIDDEN + " both.test\n");

            assertRefused(RemoteLease.announcer(container, "stray"), "both.test", judged);

            assertThat(judged.count() + trap.count()).isZero();
        }
    }

    private static void awaitAnswer() {
        Wait.until("the instance is called", () -> get().status() == 200);
    }

    private static Answer get() {
        return desk.get("/api/v1/s/stray.things/things");
    }

    private static void assertRefused(Client announcer, String host, RemoteInstance instance) {
        Answer answer = RemoteLease.order(announcer, body(host, instance));
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("VALIDATION_FAILED");
        assertThat(answer.json().path("detail").asText()).contains(FORBIDDEN + " is none of those");
    }

    private static String body(String host, RemoteInstance instance) {
        return """
                {'baseUrl':'http://%s:%d/','manifest':{'id':'stray','name':'Stray','version':'1.0.0','api':{'services':[
                 {'name':'stray.things','version':'1.0.0','endpoints':[{'method':'GET','path':'/things'}]}]}}}""".formatted(host, instance.port());
    }
}
