// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A container whose database can't be used ends with the reason, one whose database is not there yet waits. */
final class DatabaseIT {
    private static final Product PRODUCT = Product.find();
    private static final int DATABASE = 5;

    @TempDir
    private Path folder;

    @Test
    void aWrongPasswordEndsTheContainer() throws Exception {
        try (Container other = Container.start(PRODUCT, folder.resolve("other")).awaitReady()) {
            String url = EmbeddedDatabase.of(other).url();
            Map<String, String> environment =
                    Map.of("MORTISE_DB_URL", url, "MORTISE_DB_USER", "mortise", "MORTISE_DB_PASSWORD", "wrong");

            try (Container container = Container.start(PRODUCT, folder.resolve("home"), environment)) {
                assertThat(exitCode(container)).isEqualTo(DATABASE);
                assertThat(container.output())
                        .contains("The database " + url + " can't be used: ")
                        .contains("password authentication failed for user \"mortise\"")
                        .doesNotContain("Exception");
            }
        }
    }

    @Test
    void dataOfAnotherMajorEndTheContainer() throws Exception {
        Path cluster = Files.createDirectories(folder.resolve("home/data/postgres"));
        Files.writeString(cluster.resolve("PG_VERSION"), "14\n");

        try (Container container = Container.firstStart(PRODUCT, folder.resolve("home"), Map.of())) {
            assertThat(exitCode(container)).isEqualTo(DATABASE);
            assertThat(container.output())
                    .contains("The embedded PostgreSQL does not start: ")
                    .contains("14")
                    .contains("18");
        }
    }

    @Test
    void aServerThatIsNotThereIsWaitedFor() throws Exception {
        Map<String, String> environment = Map.of("MORTISE_DB_URL", "jdbc:postgresql://127.0.0.1:1/none");

        try (Container container = Container.start(PRODUCT, folder.resolve("home"), environment)) {
            Wait.until(
                    "the container says that it waits", () -> container.output().contains("it is tried again"));

            Wait.until("it listens", () -> Files.exists(container.home().resolve("data/http-port")));
            assertThat(container.anonymous().get("/health/ready").status()).isEqualTo(503);
            assertThat(container.terminate()).isZero();
        }
    }

    private static int exitCode(Container container) throws InterruptedException {
        assertThat(container.process().waitFor(60, TimeUnit.SECONDS))
                .describedAs(container.output())
                .isTrue();
        return container.process().exitValue();
    }
}
