// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Where the settings of one container come from, now and whenever they are read again. */
public record SettingsSource(
        Schema schema, SettingsFolder folder, Map<String, String> environment, Map<String, String> arguments) {

    /**
     * What was read at a start.
     *
     * @param from what the files held just before
     */
    public record First(Settings settings, Map<Path, String> from) {
        public First {
            from = Map.copyOf(from);
        }
    }

    /** Read as at a start: what is written into the files from now on is news to a {@link SettingsWatch}. */
    public First first() {
        Map<Path, String> from = written();
        return new First(read(), from);
    }

    /** Return the values of all settings, or fail naming source and key of the first one that is wrong. */
    public Settings read() {
        folder.requireKnownFiles(schema);
        return SettingsReader.read(schema, folder, environment, arguments);
    }

    /** Return what the files hold, by name; only a file that is written changes that. */
    Map<Path, String> written() {
        Map<Path, String> written = new HashMap<>();
        for (String concern : schema.concerns()) {
            Path file = folder.file(concern);
            try {
                written.put(file, Files.readString(file));
            } catch (NoSuchFileException e) {
                written.put(file, "");
            } catch (IOException e) {
                // Not UTF-8, or not readable now: read() says which.
                written.put(file, e.toString());
            }
        }
        return written;
    }
}
