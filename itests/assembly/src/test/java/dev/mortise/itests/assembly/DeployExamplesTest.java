// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.worker.given.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The examples of one remote worker are what their readers take them for, and their command lines are taken. */
final class DeployExamplesTest {
    private static final Pattern UNIT_LINE = Pattern.compile("\\[[A-Z][a-z]+]|[A-Z][A-Za-z]+=.+|#.*|");

    @Test
    void theComposeFileIsOne() throws IOException {
        Map<?, ?> file = documents("compose.yaml").get(0);
        Map<?, ?> service = (Map<?, ?>) ((Map<?, ?>) file.get("services")).get("stock");

        assertThat(options((List<?>) service.get("command")).core()).isPresent();
        assertThat(service.get("healthcheck")).isInstanceOf(Map.class);
        assertThat((Map<?, ?>) file.get("secrets")).hasSize(1);
    }

    @Test
    void theManifestsAreADeploymentAndAService() throws IOException {
        List<Map<?, ?>> documents = documents("kubernetes.yaml");

        assertThat(documents.stream().map(one -> String.valueOf(one.get("kind"))))
                .containsExactly("Deployment", "Service");
        Map<?, ?> pod =
                (Map<?, ?>) ((Map<?, ?>) ((Map<?, ?>) documents.get(0).get("spec")).get("template")).get("spec");
        Map<?, ?> container = (Map<?, ?>) ((List<?>) pod.get("containers")).get(0);
        assertThat(options((List<?>) container.get("command")).port()).isEqualTo(9000);
        assertThat(container.containsKey("startupProbe")).isTrue();
        assertThat(container.containsKey("readinessProbe")).isTrue();
        assertThat(container.containsKey("livenessProbe")).isTrue();
    }

    @Test
    void theUnitIsOne() throws IOException {
        List<String> lines = Files.readString(file("mortise-worker-stock.service"))
                .replace("\\\n", " ")
                .lines()
                .toList();

        assertThat(lines).allMatch(line -> UNIT_LINE.matcher(line).matches());
        assertThat(lines).contains("[Unit]", "[Service]", "[Install]");
        String start = lines.stream()
                .filter(line -> line.startsWith("ExecStart="))
                .findFirst()
                .orElseThrow();
        assertThat(options(List.of(start.split("=", 2)[1].split(" +"))).tokenFile())
                .isPresent();
    }

    @Test
    void theUnitOfMortiseIsOne() throws IOException {
        List<String> lines = Files.readString(file("mortise.service")).lines().toList();

        assertThat(lines).allMatch(line -> UNIT_LINE.matcher(line).matches());
        assertThat(lines)
                .contains("[Unit]", "[Service]", "[Install]")
                .contains("ExecStart=/opt/mortise/bin/mortise run --home /var/lib/mortise");
    }

    private static Options options(List<?> command) {
        List<String> words = command.stream().map(String::valueOf).toList();
        assertThat(words.subList(0, 2)).containsExactly("/opt/mortise/bin/mortise", "worker");
        return Options.parse(words.subList(2, words.size()));
    }

    private static List<Map<?, ?>> documents(String name) throws IOException {
        Iterable<Object> all = new Load(LoadSettings.builder().build()).loadAllFromString(Files.readString(file(name)));
        return StreamSupport.stream(all.spliterator(), false)
                .<Map<?, ?>>map(Map.class::cast)
                .toList();
    }

    private static Path file(String name) {
        return Path.of(System.getProperty("maven.multiModuleProjectDirectory", "../.."))
                .resolve("docs/deploy/" + name);
    }
}
