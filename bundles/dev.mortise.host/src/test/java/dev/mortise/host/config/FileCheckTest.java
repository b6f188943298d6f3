// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static dev.mortise.host.config.Given.REPORTS;
import static org.assertj.core.api.Assertions.assertThat;

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

        assertThat(check.violations("{\"site\": 3, \"currency\": \"EUR\", \"sight\": \"north\"}"))
                .hasSize(3)
                .contains(
                        "'currency' is a setting of each tenant and does not hold here. Give it to the tenants.",
                        "There is no setting 'sight'. Expected: site.")
                .anyMatch(sentence -> sentence.startsWith("The value of 'site' ") && sentence.contains("text"));
        assertThat(check.violations("[1]")).containsExactly("It is no JSON object.");
        assertThat(check.violations("{\"site\": \"north\"}")).isEmpty();
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
}
