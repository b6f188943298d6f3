// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.program;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** The unpacked distribution that this launcher belongs to. */
public record Distribution(Path root, String version) {

    /** Return the distribution that the start script names, or the one around the given class path. */
    public static Distribution locate() {
        String named = System.getProperty("mortise.dist", "");
        Path root = Path.of(named).toAbsolutePath().normalize();
        if (named.isEmpty() || !Files.isDirectory(root.resolve("system"))) {
            throw new LaunchFailure(
                    ExitCode.FAULT, "No distribution at '" + root + "'. Start Mortise with its script bin/mortise.");
        }
        return new Distribution(root, readVersion());
    }

    /** Return the version of Mortise. */
    public static String readVersion() {
        Properties properties = new Properties();
        try (InputStream in = Distribution.class.getResourceAsStream("launcher.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }

    /** Return the folder of the bundles, in Maven's repository layout. */
    public Path system() {
        return root.resolve("system");
    }

    /** Return the folder of the feature files. */
    public Path features() {
        return root.resolve("features");
    }

    /** Return the folder of the example plugins. */
    public Path examples() {
        return root.resolve("examples");
    }

    /** Return the start script. */
    public Path script() {
        return root.resolve("bin/mortise");
    }
}
