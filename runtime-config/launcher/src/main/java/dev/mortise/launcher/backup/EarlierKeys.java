// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import dev.mortise.launcher.home.Home;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The keys of secrets from before the database was copied. Somebody may replace and drop them before their file is copied too,
 * and rows of the copy open with nothing else.
 *
 * @param lines of the file, each a key behind its name, that opens only
 */
record EarlierKeys(List<String> lines) {
    private static final String FILE = "data/secrets-key";

    static EarlierKeys of(Home home) throws IOException {
        try {
            Instant now = Instant.now();
            return new EarlierKeys(Files.readAllLines(home.root().resolve(FILE), StandardCharsets.ISO_8859_1).stream()
                    .map(line -> retired(line, now))
                    .toList());
        } catch (NoSuchFileException e) {
            return new EarlierKeys(List.of());
        }
    }

    /** Answers what a file shall hold: that of keys those that it has by now, and then those that it has no longer. */
    InputStream besides(String name, InputStream now) {
        return name.equals(FILE) ? besides(now) : now;
    }

    private InputStream besides(InputStream now) {
        try {
            String text = new String(now.readAllBytes(), StandardCharsets.ISO_8859_1);
            Set<String> there = text.lines().map(EarlierKeys::name).collect(Collectors.toSet());
            String all = Stream.concat(text.lines(), lines.stream().filter(line -> !there.contains(name(line))))
                    .map(line -> line + "\n")
                    .collect(Collectors.joining());
            return new ByteArrayInputStream(all.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As the file says it; 'secrets drop' takes no other keys away. */
    private static String retired(String line, Instant now) {
        return line.strip().split(" ", -1).length == 2 ? line.strip() + " retired " + now : line;
    }

    private static String name(String line) {
        return line.strip().split(" ", 2)[0];
    }
}
