// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Broken;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import dev.mortise.testkit.PluginJar;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders of operators that meet a start which hangs, other orders, or calls. */
final class OrdersIT {
    private static final Product PRODUCT = Product.find();
    private static final Duration LONG_BEFORE_THE_DEADLINE = Duration.ofSeconds(15);

    @AutoClose
    private static Container container;

    private static Operator operator;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        container.awaitState("worker-token", "READY");
        operator = Operator.of(container);
    }

    @Test
    void aMendedVersionDoesNotWaitForOneThatHangs() {
        operator.install(jar("mended", "1.0.0"));
        Answer hanging = operator.upload("", hanging("mended", "1.1.0").bytes());
        awaitStarting("mended", "1.1.0");
        long begin = System.nanoTime();
        Answer busy = operator.upload("", jar("mended", "1.1.1").bytes());
        assertThat(busy.status())
                .as("a start that began a moment ago: " + busy.body())
                .isEqualTo(409);

        installWhenItHangs(jar("mended", "1.1.1"));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG_BEFORE_THE_DEADLINE);
        assertThat(operator.served("mended")).isEqualTo("1.1.1");
        assertThat(operator.journal("mended").get(1).path("id").asText())
                .isEqualTo(hanging.json().path("deploymentId").asText());
        assertThat(operator.journal("mended").get(1).path("state").asText()).isEqualTo("FAILED");
    }

    @Test
    void otherContentOfAFirstVersionThatHangsIsTaken() {
        operator.upload("", hanging("rebuilt", "1.0.0").bytes());
        awaitStarting("rebuilt", "1.0.0");
        Answer same = operator.upload("", hanging("rebuilt", "1.0.0").bytes());
        assertThat(same.status()).as(same.body()).isEqualTo(409);
        assertThat(same.body()).contains("Plugin 'rebuilt' is being changed by deployment ");
        long begin = System.nanoTime();

        installWhenItHangs(jar("rebuilt", "1.0.0"));

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(LONG_BEFORE_THE_DEADLINE);
        assertThat(operator.served("rebuilt")).isEqualTo("1.0.0");
    }

    @Test
    void whoBeganToSendBeforeAnotherOrderWonIsRefusedWithTheGeneration() throws Exception {
        operator.install(jar("raced", "1.0.0"));
        try (SlowUpload late =
                SlowUpload.begin(container.admin(), jar("raced", "1.2.0").bytes())) {
            Wait.until("it is being received", OrdersIT::isReceiving);

            operator.install(jar("raced", "1.1.0"));

            assertThat(late.finish())
                    .startsWith("HTTP/1.1 409 ")
                    .contains("Plugin 'raced' was changed at generation ")
                    .contains("\"generation\":" + operator.generation());
        }
        assertThat(operator.served("raced")).isEqualTo("1.1.0");
    }

    @Test
    void callsDuringARestartAreToldSoAndFailByNothingElse() throws Exception {
        operator.install(jar("restarted", "1.0.0"));
        try (Callers callers = Callers.of(
                () -> container.client().get(GeneratedPlugin.route("restarted")),
                () -> container.client().get(GeneratedPlugin.route("restarted")))) {
            for (int restart = 0; restart < 5; restart++) {
                operator.order("restarted", "restart");
                callers.awaitSuccess();
            }
            System.out.printf(
                    "5 restarts by order: %d refusals%n", callers.refusals().size());
            assertThat(callers.statuses()).containsExactlyInAnyOrder(200, 503);
            assertThat(callers.refusals()).allSatisfy(refusal -> {
                assertThat(refusal.headers().firstValue("Retry-After")).isPresent();
                assertThat(refusal.json().path("detail").asText()).isEqualTo("Plugin 'restarted' is being restarted.");
            });
        }
    }

    private static boolean isReceiving() {
        try (Stream<Path> files = Files.list(container.home().resolve("data/store"))) {
            return files.anyMatch(file -> file.toString().endsWith(".tmp"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void installWhenItHangs(PluginJar jar) {
        Wait.until(
                "the start takes long enough to give way",
                () -> operator.upload("?wait=true", jar.bytes()).status() == 200);
    }

    private static void awaitStarting(String id, String version) {
        Wait.until(id + " hangs", () -> operator.plugin(id)
                .path("versions")
                .toString()
                .contains("{\"version\":\"" + version + "\",\"state\":\"STARTING\""));
    }

    private static PluginJar hanging(String id, String version) {
        return jar(id, version)
                .withClasses(Broken.HangingActivator.class)
                .withHeader("Bundle-Activator", Broken.HangingActivator.class.getName());
    }

    private static PluginJar jar(String id, String version) {
        return VersionedJar.of(plugin(id), version);
    }
}
