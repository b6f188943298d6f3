// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder etc/ of a home: one file per concern, all of them optional. */
public record SettingsFolder(Path path) {
    private static final String SUFFIX = ".properties";

    /** Write the shipped files with all settings commented out, where the folder has none yet. */
    public void fill(Schema schema) {
        try {
            for (String concern : schema.concerns()) {
                if (Files.notExists(file(concern))) {
                    Files.writeString(file(concern), schema.template(concern));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fail when a properties file belongs to no concern. */
    public void requireKnownFiles(Schema schema) {
        List<String> legal =
                schema.concerns().stream().map(concern -> concern + SUFFIX).toList();
        if (Files.notExists(path)) {
            return;
        }
        try (Stream<Path> files = Files.list(path)) {
            files.filter(file -> file.toString().endsWith(SUFFIX))
                    .filter(file -> !legal.contains(file.getFileName().toString()))
                    .findFirst()
                    .ifPresent(file -> refuse(file, legal));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void refuse(Path file, List<String> legal) {
        String meant = Nearest.to(file.getFileName().toString(), legal)
                .map(near -> "The nearest legal name is '" + near + "'.")
                .orElseGet(() -> "Take it away; legal names are " + String.join(", ", legal) + ".");
        throw new LaunchFailure(ExitCode.CONFIGURATION, "Unknown file '" + file + "'. " + meant);
    }

    Path file(String concern) {
        return path.resolve(concern + SUFFIX);
    }

    /** Return what a file sets, nothing when it is missing. */
    Map<String, String> read(String concern) {
        Path file = file(concern);
        try {
            return Files.exists(file) ? PropertiesText.parse(Files.readString(file)) : Map.of();
        } catch (CharacterCodingException e) {
            throw malformed(file, "it is not UTF-8", e);
        } catch (IllegalArgumentException e) {
            throw malformed(file, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw malformed(file, "it can't be read", e);
        }
    }

    private static LaunchFailure malformed(Path file, String reason, Exception cause) {
        return new LaunchFailure(ExitCode.CONFIGURATION, "File '" + file + "' is malformed: " + reason + ".", cause);
    }
}
