// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static dev.mortise.host.config.Given.REPORTS;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.port.HealthSource.Line;
import dev.mortise.kernel.port.HealthSource.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileHealthTest {
    private static final Line WELL = new Line("plugin files", Status.UP, "");

    @TempDir
    private Path etc;

    private FileHealth health;

    @BeforeEach
    void deployReports() {
        health = new FileHealth(new Given(etc, Map.of()).sources, id -> Optional.of(
                        plugin("reports").config(Given.SCHEMA).manifest())
                .filter(manifest -> id.equals(REPORTS)));
    }

    @Test
    void showsWhatIsWrongUntilItIsMended() throws IOException {
        assertThat(health.check()).isEqualTo(WELL);

        write("reports.json", "{\"site\": \"north\", \"sight\": 1}");
        assertThat(health.check())
                .isEqualTo(new Line(
                        "plugin files",
                        Status.DEGRADED,
                        "etc/plugins/reports.json: There is no setting 'sight'. Expected: site."));

        write("reports.json", "{\"site\": \"north\"}");
        assertThat(health.check()).isEqualTo(WELL);
    }

    @Test
    void showsThatTheLinesOfPluginsAreMalformed() throws IOException {
        Files.writeString(etc.resolve("plugins.properties"), "x = \\users");

        assertThat(health.check().status()).isEqualTo(Status.DEGRADED);
        assertThat(health.check().message()).contains("plugins.properties is malformed");
    }

    @Test
    void saysNothingOfFilesOfNoPluginThatIsHere() throws IOException {
        write("later.json", "[]");
        write("NOTES.json", "[]");
        write("reports.txt", "[]");

        assertThat(health.check()).isEqualTo(WELL);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(Files.createDirectories(etc.resolve("plugins")).resolve(name), text);
    }
}
