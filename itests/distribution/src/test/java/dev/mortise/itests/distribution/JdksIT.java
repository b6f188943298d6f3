// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The whole way of a plugin on every JDK of this machine that Mortise runs on. */
final class JdksIT {
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");
    private static final Product PRODUCT = Product.find();

    @TempDir
    private Path folder;

    static List<Path> jdks() throws IOException {
        if (!Files.isDirectory(INSTALLED)) {
            return List.of(Path.of(System.getProperty("java.home")));
        }
        try (Stream<Path> entries = Files.list(INSTALLED)) {
            List<Path> newEnough = entries.filter(jdk -> !Files.isSymbolicLink(jdk) && release(jdk) >= 17)
                    .sorted()
                    .toList();
            return newEnough.isEmpty() ? List.of(Path.of(System.getProperty("java.home"))) : newEnough;
        }
    }

    @ParameterizedTest
    @MethodSource("jdks")
    void aPluginComesIsUpdatedAndGoes(Path jdk) throws Exception {
        // As it starts by itself, with every compiler that the JDK has.
        Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString(), "MORTISE_JAVA_OPTS", "");
        try (Container container = Container.firstStart(PRODUCT, folder.resolve("home"), environment)) {
            container.awaitReady();
            container.drop(PRODUCT.example("reports"), "reports.jar");
            container.awaitState("reports", "WAITING");
            container.drop(PRODUCT.example("inventory"), "inventory.jar");
            container.awaitState("reports", "READY");
            assertThat(container
                            .client()
                            .post("/api/v1/p/reports/reports/generate", "")
                            .status())
                    .isEqualTo(200);

            Path next = Reissue.of(
                    PRODUCT.example("inventory"), folder.resolve("next.jar"), json -> json.put("version", "1.1.0"));
            container.drop(next, "inventory.jar");
            Wait.until("the new version serves", () -> container
                    .admin()
                    .get("/api/v1/plugins/inventory")
                    .json()
                    .path("version")
                    .asText()
                    .equals("1.1.0"));

            Files.delete(container.home().resolve("plugins/inventory.jar"));
            container.awaitState("reports", "WAITING");
            assertThat(container.terminate()).isZero();
            assertThat(container.output()).doesNotContain("Exception", "WARNING", "Timed-out");
        }
    }

    /** Reads the feature release from the file that every JDK has, 0 for what is no JDK. */
    private static int release(Path jdk) {
        try (Stream<String> lines = Files.lines(jdk.resolve("release"))) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.replaceAll("[^0-9.]", "").split("\\.")[0])
                    .mapToInt(Integer::parseInt)
                    .findFirst()
                    .orElse(0);
        } catch (IOException noJdk) {
            return 0;
        }
    }
}
