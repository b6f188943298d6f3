// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Patient;
import dev.mortise.itests.distribution.plugins.Relay;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.load.LoadFigures;
import dev.mortise.itests.harness.plugins.GeneratedPlugin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while calls come: whoever was let in gets his answer, nobody is sent here any more, plugins end in order. */
final class StopUnderLoadIT {
    private static final Product PRODUCT = Product.find();
    private static final String MESSAGES = "/api/v1/p/email/messages";

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    @BeforeEach
    void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home"), Map.of("MORTISE_LOG_ACCESS", "on"))
                .awaitReady();
        container.drop(GeneratedPlugin.of("stock", "1.0.0").offering().write(folder.resolve("stock.jar")), "stock.jar");
        container.awaitState("stock", "READY");
        container.drop(
                plugin("desk")
                        .needs("stock.versions", "^1.0.0")
                        .jar()
                        .withClasses(Relay.class)
                        .writeTo(folder.resolve("desk.jar")),
                "desk.jar");
        container.drop(plugin("patient").jar().withClasses(Patient.class).writeTo(folder.resolve("p.jar")), "p.jar");
        container.drop(PRODUCT.example("email"), "email.jar");
        container.awaitState("desk", "READY");
        container.awaitState("email", "READY");
        container.awaitState("patient", "READY");
    }

    @Test
    void whoWasLetInIsAnsweredAndThenPluginsEndInReverse() throws Exception {
        Client client = container.client();
        try (RawConnection slow = RawConnection.to(client);
                RawConnection watcher = RawConnection.to(client);
                LoadClient direct = LoadClient.start(Call.get(client, GeneratedPlugin.route("stock")));
                LoadClient worked = LoadClient.start(50, Call.get(client, MESSAGES));
                LoadClient relayed = LoadClient.start(100, Call.get(client, "/api/v1/p/desk/relay"))) {
            Wait.until(
                    "calls are answered",
                    () -> direct.figures().requests() > 500
                            && relayed.figures().requests() > 100
                            && worked.figures().requests() > 50);
            slow.send(RawConnection.get(client, "/api/v1/p/patient/patience"));
            Wait.until(
                    "one takes its time",
                    () -> client.get("/api/v1/p/patient/patience/calls").body().equals("1"));
            String ready = RawConnection.get(container.anonymous(), "/health/ready");
            assertThat(watcher.send(ready).read().status()).isEqualTo(200);

            container.process().destroy();
            Wait.until(
                    "nobody is sent here any more",
                    () -> watcher.send(ready).read().status() == 503);
            Wait.until("nobody is let in", () -> !opens(client));

            assertThat(slow.read().body()).isEqualTo("done");
            container.process().waitFor();
            onlyWhoWasNotLetInFailed(direct.end(), GeneratedPlugin.route("stock"));
            onlyWhoWasNotLetInFailed(relayed.end(), "/api/v1/p/desk/relay");
            onlyWhoWasNotLetInFailed(worked.end(), MESSAGES);
        }
        assertThat(container.process().exitValue()).isZero();
        endedInReverse();
    }

    /** A connection that is closed while nothing is asked may be closed under a request; no handler has seen that then. */
    private void onlyWhoWasNotLetInFailed(LoadFigures figures, String path) throws IOException {
        assertThat(figures.failures().keySet())
                .allMatch(failure -> failure.contains("Connection refused")
                        || failure.contains("Connection reset")
                        || failure.contains("Broken pipe")
                        || failure.contains("closed before the answer"));
        List<String> letIn = Files.readAllLines(container.home().resolve("log/access.log")).stream()
                .filter(line -> line.contains("\"" + path + "\""))
                .toList();
        List<String> last = letIn.subList(Math.max(0, letIn.size() - 3), letIn.size());
        assertThat((long) letIn.size())
                .as("%s, last %s", figures, last)
                .isEqualTo(figures.requests() - figures.failed());
    }

    private static boolean opens(Client client) {
        try (RawConnection connection = RawConnection.to(client)) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private void endedInReverse() throws IOException {
        List<String> lines = Files.readAllLines(container.home().resolve("log/mortise.log"));
        int desk = last(lines, "plugin=desk");
        int stock = last(lines, "plugin=stock");

        assertThat(lines.get(desk)).contains("Mortise is stopping");
        assertThat(lines.get(stock)).contains("Mortise is stopping");
        assertThat(desk).isLessThan(stock);
    }

    private static int last(List<String> lines, String words) {
        int last = -1;
        for (int i = 0; i < lines.size(); i++) {
            last = lines.get(i).contains(words) ? i : last;
        }
        return last;
    }
}
