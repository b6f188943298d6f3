// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
    private final Schema schema = Schema.of(Map.of(
            "http",
            "port = 8080\nhost = 127.0.0.1\nidle.timeout-ms = 60000\nh2c = true\n",
            "db",
            "url =\npassword =\n",
            "workers",
            "# Allowed: 1 to 9.\n<plugin>.port = 1\nports = 1-2\n"));

    @TempDir
    Path etc;

    private SettingsFolder folder;

    @BeforeEach
    void openFolder() {
        folder = new SettingsFolder(etc);
    }

    @Test
    void takesTheDefaultsOfAnEmptyFolder() {
        Settings settings = read(Map.of(), Map.of());

        assertThat(settings.of("http"))
                .containsEntry("port", "8080")
                .containsEntry("host", "127.0.0.1")
                .hasSize(4);
        assertThat(settings.get("db", "url")).isEmpty();
    }

    @Test
    void prefersTheCommandLineToTheEnvironmentToTheFileToTheDefault() {
        write("http", "port = 1\nhost = ::1\nidle.timeout-ms = 2");

        Settings settings =
                read(Map.of("MORTISE_HTTP_PORT", "3", "MORTISE_HTTP_IDLE_TIMEOUT_MS", "4"), Map.of("http.port", "5"));

        assertThat(settings.of("http"))
                .containsEntry("port", "5")
                .containsEntry("idle.timeout-ms", "4")
                .containsEntry("host", "::1")
                .containsEntry("h2c", "true");
    }

    @Test
    void readsASecretFromTheFileThatAVariableNames() throws IOException {
        Path secret = Files.writeString(etc.resolve("secret"), "s3cret\n");

        Settings settings = read(Map.of("MORTISE_DB_PASSWORD_FILE", secret.toString()), Map.of());

        assertThat(settings.get("db", "password")).isEqualTo("s3cret");
    }

    @Test
    void refusesAMissingSecretFile() {
        assertThat(failure(Map.of("MORTISE_DB_PASSWORD_FILE", "/nowhere/secret")))
                .isEqualTo("File '/nowhere/secret' of environment variable MORTISE_DB_PASSWORD_FILE can't be read.");
    }

    @Test
    void namesFileKeyAndNearestLegalKey() {
        write("http", "prot = 1");

        assertThat(failure(Map.of()))
                .isEqualTo("Unknown key 'prot' in '" + etc.resolve("http.properties")
                        + "'. The nearest legal key is 'port'.");
    }

    @Test
    void namesAllLegalKeysWhereNoneIsNear() {
        write("http", "nonsense.key = 1");

        assertThat(failure(Map.of()))
                .isEqualTo("Unknown key 'nonsense.key' in '" + etc.resolve("http.properties")
                        + "'. Take it away; legal keys are h2c, host, idle.timeout-ms, port.");
    }

    @Test
    void refusesAWordWhereANumberIsExpected() {
        assertThat(failure(Map.of("MORTISE_HTTP_PORT", "many")))
                .isEqualTo("Key 'port' in environment variable MORTISE_HTTP_PORT is 'many', but must be"
                        + " a positive whole number.");
        assertThat(failure(Map.of("MORTISE_HTTP_H2C", "yes"))).endsWith("is 'yes', but must be true or false.");
    }

    @Test
    void refusesAMalformedFile() throws IOException {
        write("http", "host = \\u12");
        assertThat(failure(Map.of())).startsWith("File '" + etc.resolve("http.properties") + "' is malformed: ");

        Files.write(etc.resolve("http.properties"), "host = ä".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(failure(Map.of())).endsWith("is malformed: it is not UTF-8.");
    }

    @Test
    void listsVariablesThatLookLikeSettings() {
        Environment environment = new Environment(
                Map.of("MORTISE_HTP_PORT", "1", "MORTISE_HOME", "/m", "MORTISE_DB_PASSWORD_FILE", "f", "PATH", "/bin"));

        assertThat(environment.strangers(schema.settings())).containsExactly("MORTISE_HTP_PORT");
    }

    @Test
    void leavesVariablesOfPluginsToTheHost() {
        Environment environment =
                new Environment(Map.of("MORTISE_PLUGIN_CRM_SITE", "north", "MORTISE_PLUGINS_CRM_ENV", "HTTPS_PROXY"));

        assertThat(environment.strangers(schema.settings())).isEmpty();
    }

    @Test
    void takesKeysOfSinglePlugins() {
        write("workers", "email.port = 2\nworker-token.port = 3");

        Settings settings =
                read(Map.of("MORTISE_WORKERS_CRM_X_PORT", "4", "MORTISE_WORKERS_EMAIL_PORT", "5"), Map.of());

        assertThat(settings.of("workers"))
                .containsOnly(
                        Map.entry("ports", "1-2"),
                        Map.entry("email.port", "5"),
                        Map.entry("worker-token.port", "3"),
                        Map.entry("crm-x.port", "4"));
    }

    @Test
    void refusesKeysOfSinglePluginsThatAreNone() {
        write("workers", "email.prot = 2");
        assertThat(failure(Map.of())).startsWith("Unknown key 'email.prot' in ");

        write("workers", "<plugin>.port = 2");
        assertThat(failure(Map.of())).startsWith("Unknown key '<plugin>.port' in ");

        write("workers", "email.port = 12");
        assertThat(failure(Map.of())).endsWith("is '12', but must be a whole number from 1 to 9.");

        write("workers", "");
        assertThat(failure(Map.of("MORTISE_WORKERS_EMAIL_PORT", "x")))
                .startsWith("Key 'email.port' in environment variable MORTISE_WORKERS_EMAIL_PORT is 'x'");
    }

    @Test
    void knowsVariablesOfSinglePlugins() {
        Environment environment =
                new Environment(Map.of("MORTISE_WORKERS_EMAIL_PORT", "1", "MORTISE_WORKERS_EMAIL_PROT", "1"));

        assertThat(environment.strangers(schema.settings())).containsExactly("MORTISE_WORKERS_EMAIL_PROT");
    }

    private Settings read(Map<String, String> environment, Map<String, String> arguments) {
        return SettingsReader.read(schema, folder, environment, arguments);
    }

    private String failure(Map<String, String> environment) {
        LaunchFailure failure = catchThrowableOfType(LaunchFailure.class, () -> read(environment, Map.of()));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        return failure.sentence();
    }

    private void write(String concern, String text) {
        try {
            Files.writeString(etc.resolve(concern + ".properties"), text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
