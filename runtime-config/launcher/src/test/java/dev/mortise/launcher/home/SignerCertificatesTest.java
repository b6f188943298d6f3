// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.config.Settings;
import dev.mortise.launcher.config.SettingsFolder;
import dev.mortise.launcher.config.SettingsReader;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignerCertificatesTest {
    @TempDir
    private Path home;

    private Path pem = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        pem = Files.createDirectory(home.resolve("etc")).resolve("trusted-signers.pem");
    }

    @Test
    void areNotAskedForWhenAnybodysJarIsTaken() {
        assertThatCode(() -> require(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void mustBeThereWhenOnlySignedJarsAreTaken() {
        assertThat(refusal())
                .isEqualTo("host.intake.policy is 'signed', but '" + pem + "' is missing. Put the certificates that may"
                        + " sign jars there, in PEM, or set 'intake.trusted-certificates' in etc/host.properties.");
    }

    @Test
    void mustBeCertificates() throws IOException {
        Files.writeString(pem, "");
        assertThat(refusal()).contains("' holds no certificate. ");

        Files.writeString(pem, "-----BEGIN CERTIFICATE-----\nbm8=\n-----END CERTIFICATE-----\n");
        assertThat(refusal()).contains("' can't be read (");
    }

    private String refusal() {
        LaunchFailure failure = catchThrowableOfType(
                LaunchFailure.class, () -> require(Map.of("MORTISE_HOST_INTAKE_POLICY", "signed")));
        assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        return String.valueOf(failure.getMessage());
    }

    private void require(Map<String, String> environment) {
        Settings settings =
                SettingsReader.read(Schema.shipped(), new SettingsFolder(home.resolve("etc")), environment, Map.of());
        new SignerCertificates(settings, home).requireReadable();
    }
}
