// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static dev.mortise.host.config.Given.REPORTS;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.testkit.call.TestJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileCheckTest {
    @TempDir
    private Path etc;

    @Test
    void saysAllThatIsWrongAtOnce() {
        FileCheck check = new FileCheck(REPORTS, Given.SCHEMA, new Given(etc, Map.of()).sources);

        assertThat(check.violations(Map.of("site", 3, "currency", "EUR", "sight", "north")))
                .hasSize(3)
                .contains(
                        "'currency' is a setting of each tenant and does not hold here. Give it to the tenants.",
                        "There is no setting 'sight'. Expected: site.")
                .anyMatch(sentence -> sentence.startsWith("The value of 'site' ") && sentence.contains("text"));
        assertThat(check.violations(Map.of("site", "north"))).isEmpty();
    }

    @Test
    void isLoggedWhenTheFileIsReadAndWhenItChanges() throws IOException {
        Given given = new Given(etc, Map.of());
        List<String> told = new ArrayList<>();
        FileCheck check = new FileCheck(REPORTS, Given.SCHEMA, given.sources, told::add);
        PluginValues values = new PluginValues(REPORTS, Given.SCHEMA, given.sources, TestJson.json(), check);
        Files.createDirectories(etc.resolve("plugins"));

        Files.writeString(etc.resolve("plugins/reports.json"), "{\"site\": \"north\", \"sight\": 1}");
        assertThat(values.text("site")).isEqualTo("north");
        assertThat(values.text("site")).isEqualTo("north");
        assertThat(told).containsExactly("There is no setting 'sight'. Expected: site.");

        Files.writeString(etc.resolve("plugins/reports.json"), "{\"site\": \"south\", \"on\": 1}");
        assertThat(values.text("site")).isEqualTo("south");
        assertThat(told).hasSize(2).last().asString().startsWith("'on' is a setting of each tenant");
    }

    @Test
    void isLoggedAgainWhenSomethingElseIsWrongOrItWasGood() throws IOException {
        Given given = new Given(etc, Map.of());
        List<String> told = new ArrayList<>();
        FileCheck check = new FileCheck(REPORTS, Given.SCHEMA, given.sources, told::add);
        Path file = Files.createDirectories(etc.resolve("plugins")).resolve("reports.json");

        for (String text : List.of("{\"sight\": 1}", "{\"sight\": 17}", "{}", "{\"sight\": 1}", "[1]")) {
            Files.writeString(file, text);
            check.look();
            check.look();
        }

        assertThat(told)
                .containsExactly(
                        "There is no setting 'sight'. Expected: site.",
                        "There is no setting 'sight'. Expected: site.",
                        "It is no JSON object. What it said before holds until it is mended.");
    }

    @Test
    void isLoggedOnceThatItIsNoFile() throws IOException {
        Given given = new Given(etc, Map.of());
        List<String> told = new ArrayList<>();
        FileCheck check = new FileCheck(REPORTS, Given.SCHEMA, given.sources, told::add);
        Files.createDirectories(etc.resolve("plugins/reports.json"));

        check.look();
        check.look();

        assertThat(told).containsExactly("It can't be read. Nothing of it holds until it is mended.");
    }

    @Test
    void isLoggedOnceForAPluginThatRunsElsewhere() throws IOException {
        Given given = new Given(etc, Map.of());
        List<String> told = new ArrayList<>();
        FileChecks checks = new FileChecks((plugin, schema) -> new FileCheck(plugin, schema, given.sources, told::add));
        PluginManifest one = plugin("reports").config(Given.SCHEMA).manifest();
        PluginManifest other = plugin("reports").version("2.0.0").manifest();
        Files.writeString(Files.createDirectories(etc.resolve("plugins")).resolve("reports.json"), "{\"sight\": 1}");

        for (PluginManifest version : List.of(one, other, one, other)) {
            checks.look(version);
        }

        assertThat(told)
                .containsExactly(
                        "There is no setting 'sight'. Expected: site.", "There is no setting 'sight'. Expected: none.");
        checks.forget(REPORTS);
        checks.look(one);
        assertThat(told).hasSize(3);
    }
}
