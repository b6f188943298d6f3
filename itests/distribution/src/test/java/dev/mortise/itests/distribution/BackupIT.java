// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A home is lost and comes back from its backup, which was taken while it worked. */
final class BackupIT {
    private static final Product PRODUCT = Product.find();
    private static final String PIN = "1234567890123";
    private static final Pattern ENDED = Pattern.compile("committed before (\\S+Z)");

    @TempDir
    private Path folder;

    @Test
    void aLostHomeComesBackWithAllThatItsBackupHas() throws Exception {
        Path home = folder.resolve("home");
        Path file = folder.resolve("backup.zip");
        StockKeeper keeper;
        Instant ended;
        String before;
        try (Container container = Container.start(PRODUCT, home).awaitReady()) {
            deploy(container);
            before = plugins(container);
            keeper = StockKeeper.begin(container.client());
            try (keeper) {
                Wait.until("there is something to lose", () -> keeper.taken() > 20);
                ended = backUp(home, file);
                int then = keeper.taken();
                Wait.until("work goes on", () -> keeper.taken() > then + 5);
                refusesWhatIsInUse(home, file);
                leavesNothingWhenItIsKilled(home);
                container.kill();
            }
        }
        Wait.until("the server is gone", () -> ServerProcesses.in(home).isEmpty());
        delete(home);

        assertThat(Tool.run(Map.of(), "restore", file, "--home", home).exitCode())
                .isZero();

        try (Container container = Container.start(PRODUCT, home).awaitReady()) {
            container.awaitState("inventory", "READY");
            container.awaitState("courier", "READY");
            assertThat(plugins(container)).isEqualTo(before);
            assertThat(keeper.takenBefore(ended)).isGreaterThan(20);
            assertThat(stock(container.client()))
                    .describedAs("products, without a hole, up to one of the backup's end or later")
                    .isGreaterThanOrEqualTo(keeper.takenBefore(ended))
                    .isLessThanOrEqualTo(keeper.taken() + 1);
            assertThat(container.client().get("/api/v1/p/courier/pin").body())
                    .isEqualTo("pin of length " + PIN.length());
            assertThat(container.output()).doesNotContain("ERROR");
        }
    }

    private void deploy(Container container) throws IOException {
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.drop(CourierJar.write(folder), "courier.jar");
        container.awaitState("inventory", "READY");
        container.awaitState("courier", "READY");
        container.admin().send("PUT", "/api/v1/tenants/default/plugins/courier/config", "{\"pin\":\"" + PIN + "\"}");
    }

    private static Instant backUp(Path home, Path file) throws Exception {
        Tool backup = Tool.run(Map.of(), "backup", file, "--home", home);

        assertThat(backup.exitCode()).describedAs(backup.output()).isZero();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        Matcher matcher = ENDED.matcher(backup.output());
        assertThat(matcher.find()).describedAs(backup.output()).isTrue();
        return Instant.parse(matcher.group(1));
    }

    private static void refusesWhatIsInUse(Path home, Path file) throws Exception {
        Tool again = Tool.run(Map.of(), "backup", file, "--home", home);
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.output()).contains("is there already, and stays as it is");

        Tool inside = Tool.run(Map.of(), "backup", home.resolve("data/b.zip"), "--home", home);
        assertThat(inside.exitCode()).isEqualTo(2);
        assertThat(inside.output()).contains("lies in a folder that belongs into the backup");

        Tool restore = Tool.run(Map.of(), "restore", file, "--home", home);
        assertThat(restore.exitCode()).isEqualTo(3);
        assertThat(restore.output()).contains("is not empty", "db-key", "Nothing was restored");

        Tool elsewhere = Tool.run(Map.of("MORTISE_DB_URL", "jdbc:postgresql://db/m"), "backup", "x", "--home", home);
        assertThat(elsewhere.exitCode()).isEqualTo(3);
        assertThat(elsewhere.output()).contains("for the embedded database", "pg_dump or pg_basebackup");
    }

    private void leavesNothingWhenItIsKilled(Path home) throws Exception {
        Path place = Files.createDirectory(folder.resolve("killed"));
        Process backup = Tool.start(Map.of(), "backup", place.resolve("b.zip"), "--home", home);
        Wait.until("it writes", () -> !parts(place).isEmpty());
        backup.destroyForcibly().waitFor(60, TimeUnit.SECONDS);

        assertThat(place.resolve("b.zip")).doesNotExist();
        Path part = parts(place).get(0);
        Tool restore = Tool.run(Map.of(), "restore", part, "--home", folder.resolve("new"));
        assertThat(restore.exitCode()).isEqualTo(1);
        assertThat(restore.output()).contains("is no whole backup of Mortise");
        assertThat(folder.resolve("new")).doesNotExist();
    }

    private static List<Path> parts(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.toList();
        }
    }

    private static String plugins(Container container) {
        Set<String> shown = new TreeSet<>();
        for (JsonNode plugin : container.admin().get("/api/v1/plugins").json().path("plugins")) {
            shown.add(plugin.path("id").asText() + " " + plugin.path("state").asText() + " "
                    + plugin.path("sha256").asText());
        }
        return String.join("\n", shown);
    }

    /** Answers the number up to which all products are there. */
    private static int stock(Client client) {
        Set<Integer> numbers = StockKeeper.stock(client);
        assertThat(numbers).contains(1).hasSize(((TreeSet<Integer>) numbers).last());
        return numbers.size();
    }

    private static void delete(Path home) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("rm", "-r", home.toString()).start().waitFor())
                .isZero();
    }
}
