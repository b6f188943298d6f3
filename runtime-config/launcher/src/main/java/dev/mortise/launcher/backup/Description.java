// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Properties;

/**
 * What a backup says of itself.
 *
 * @param mortise the version that made it
 * @param postgres the major of the data directory in it
 * @param ended everything that was committed before is in it
 */
record Description(String mortise, String postgres, Instant ended) {
    static final String ENTRY = "backup.properties";
    private static final String FORMAT = "1";

    InputStream content() {
        String text = """
                # A home of Mortise; 'mortise restore' puts it back. It holds keys and passwords.
                format=%s
                mortise=%s
                postgres=%s
                ended=%s
                """.formatted(FORMAT, mortise, postgres, ended);
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Fail unless servers of this major can work with the data directory. */
    void requireMajor(String ours) {
        if (!ours.equals(postgres)) {
            throw new LaunchFailure(
                    ExitCode.DATABASE,
                    "The backup holds a data directory of PostgreSQL " + postgres
                            + ", but this Mortise brings PostgreSQL " + ours
                            + ". Nothing was restored. Restore it with the Mortise that made it (" + mortise + ").");
        }
    }

    static Description read(InputStream content) throws IOException {
        Properties properties = new Properties();
        properties.load(content);
        String mortise = properties.getProperty("mortise", "?");
        if (!FORMAT.equals(properties.getProperty("format"))) {
            throw new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "The backup was made by Mortise " + mortise + " in a form that this version (" + "form " + FORMAT
                            + ") does not know. Restore it with that version.");
        }
        try {
            return new Description(
                    mortise,
                    properties.getProperty("postgres", "?"),
                    Instant.parse(properties.getProperty("ended", "")));
        } catch (DateTimeParseException e) {
            throw new IOException(ENTRY + " is malformed", e);
        }
    }
}
