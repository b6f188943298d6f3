// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.home;

import dev.mortise.launcher.config.Settings;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;

/** The certificates that may sign jars, which must be there when only signed jars are taken. */
public record SignerCertificates(Settings settings, Path home) {
    private static final String KEY = "intake.trusted-certificates";

    /** Fail when they are asked for and can't be read. */
    public void requireReadable() {
        if (!settings.get("host", "intake.policy").equals("signed")) {
            return;
        }
        Path file = home.resolve(settings.get("host", KEY));
        try (InputStream in = Files.newInputStream(file)) {
            if (CertificateFactory.getInstance("X.509").generateCertificates(in).isEmpty()) {
                throw failure(file, "holds no certificate");
            }
        } catch (NoSuchFileException e) {
            throw failure(file, "is missing");
        } catch (IOException | CertificateException e) {
            throw failure(file, "can't be read (" + e.getMessage() + ")");
        }
    }

    private static LaunchFailure failure(Path file, String what) {
        return new LaunchFailure(
                ExitCode.CONFIGURATION,
                "host.intake.policy is 'signed', but '" + file + "' " + what
                        + ". Put the certificates that may sign jars there, in PEM, or set '" + KEY
                        + "' in etc/host.properties.");
    }
}
