// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import static dev.mortise.host.config.Given.REPORTS;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Limits;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigField.Type;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.testkit.call.TestJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The file with values of the container, and mistakes in it. */
class ContainerFileTest {
    private static final ConfigSchema SCHEMA = new ConfigSchema(
            List.of(
                    field("site", Optional.empty(), Optional.empty()),
                    field("mode", Optional.of("quiet"), Optional.empty()),
                    field("zone", Optional.empty(), Optional.of("REPORTS_ZONE")),
                    field("pass", Optional.empty(), Optional.empty())),
            List.of());

    @TempDir
    private Path etc;

    private Given given;
    private PluginValues values;

    @BeforeEach
    void make() {
        given = new Given(
                etc,
                Map.of(
                        "MORTISE_PLUGINS_REPORTS_ENV",
                        "REPORTS_ZONE",
                        "REPORTS_ZONE",
                        "east",
                        "MORTISE_PLUGIN_REPORTS_PASS",
                        "of-the-environment"));
        values = new PluginValues(
                REPORTS, SCHEMA, given.sources, TestJson.json(), new FileCheck(REPORTS, SCHEMA, given.sources));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"site\": \"south\",}", "{\"site\": 1, \"site\": 2}", "", "[]", "null", "{\"mode\""})
    void holdsItsValuesOfBeforeWhileItIsMalformed(String text) throws IOException {
        write("{\"site\": \"north\", \"mode\": \"loud\"}");
        assertThat(values.text("site")).isEqualTo("north");

        write(text);
        assertThat(values.text("site")).isEqualTo("north");
        assertThat(values.text("mode")).isEqualTo("loud");
        assertThat(health())
                .startsWith("etc/plugins/reports.json: ")
                .endsWith("What it said before holds until it is mended.");

        write("{\"site\": \"south\"}");
        assertThat(values.text("site")).isEqualTo("south");
        assertThat(values.text("mode")).isEqualTo("quiet");
        assertThat(health()).isEmpty();
    }

    @Test
    void holdsItsValuesOfBeforeWhileItCannotBeRead() throws IOException {
        write("{\"site\": \"north\"}");
        assertThat(values.text("site")).isEqualTo("north");

        Files.write(file(), "{\"site\": \"Gr\u00fcn\"}".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(values.text("site")).isEqualTo("north");
        assertThat(health()).contains("It is not UTF-8. What it said before holds");

        Files.delete(file());
        Files.createDirectory(file());
        assertThat(values.text("site")).isEqualTo("north");

        Files.delete(file());
        assertThat(values.findText("site")).isEmpty();
    }

    @Test
    void leavesEnvironmentAndDefaultsWhenItNeverWasGood() throws IOException {
        write("{\"site\": \"north\",}");

        assertThat(values.text("mode")).isEqualTo("quiet");
        assertThat(values.text("zone")).isEqualTo("east");
        assertThat(values.text("pass")).isEqualTo("of-the-environment");
        assertThatThrownBy(() -> values.findText("site"))
                .hasMessageContaining("etc/plugins/reports.json: The text is no JSON at line 1, column 18: ")
                .hasMessageEndingWith("Nothing of it holds until it is mended.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"site\": \"canary\",}                      | at line 1, column 19",
                "{\"site\": \"canary\", \"site\": \"canary\"}   | at line 1, column 26: Duplicate field 'site'.",
                "{\"site\": canary}                          | at line 1, column 10: Unrecognized token: was expecting",
                "{\"site\": \"canary\"} {}                    | goes on after its value at line 1, column 20",
                "\uFEFF{\"site\": \"canary\"}                 | It starts with a byte order mark. Save it as UTF-8 without one.",
                "``                                          | The JSON text is empty.",
                "null                                        | is null",
                "[\"canary\"]                                | It is no JSON object."
            })
    void saysWhereAndWhyAndNoValue(String text, String sentence) throws IOException {
        write(text);

        assertThat(health()).contains(sentence).doesNotContain("canary");
    }

    private String health() {
        return new FileHealth(
                        given.sources,
                        id -> Optional.of(plugin("reports").config(SCHEMA).manifest()))
                .check()
                .message();
    }

    private Path file() {
        return etc.resolve("plugins/reports.json");
    }

    private void write(String text) throws IOException {
        Files.createDirectories(etc.resolve("plugins"));
        Files.writeString(file(), text);
    }

    private static ConfigField field(String name, Optional<Object> fallback, Optional<String> env) {
        return new ConfigField(name, Type.STRING, name, "", false, fallback, env, false, Scope.CONTAINER, Limits.NONE);
    }
}
