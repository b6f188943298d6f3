// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The lines of {@code etc/plugins.properties}. They count as soon as they are changed, except by a mistake: then those of before
 * hold, so that nothing that runs stumbles over it, and nothing gets more or less than it had.
 */
final class PluginLines {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLines.class);

    private final Path file;
    private volatile Seen seen = new Seen(Optional.empty(), Optional.empty(), Optional.empty(), true);

    private record Stamp(FileTime changed, long size) {}

    /** What was last found good, if anything ever was, and what is wrong since; what can't be read may be read the next time. */
    private record Seen(Optional<Stamp> stamp, Optional<Properties> good, Optional<String> trouble, boolean unread) {
        boolean is(Optional<Stamp> now) {
            return !unread && stamp.equals(now);
        }
    }

    /** Reads the file, which need not be there. */
    PluginLines(Path file) {
        this.file = file;
        seen = read(stamp(), seen);
    }

    /**
     * Answers what stands behind a key.
     *
     * @throws UncheckedIOException when the file never was good
     */
    Optional<String> find(String key) {
        Seen now = look();
        Properties good = now.good.orElseThrow(
                () -> new UncheckedIOException(now.trouble.orElse(""), new IOException(file.toString())));
        return Optional.ofNullable(good.getProperty(key));
    }

    /** Answers what is wrong with the file now. */
    Optional<String> trouble() {
        return look().trouble;
    }

    private Seen look() {
        Optional<Stamp> stamp = stamp();
        return seen.is(stamp) ? seen : change(stamp);
    }

    private synchronized Seen change(Optional<Stamp> stamp) {
        if (!seen.is(stamp)) {
            seen = read(stamp, seen);
        }
        return seen;
    }

    private Seen read(Optional<Stamp> stamp, Seen before) {
        try {
            Properties lines = new Properties();
            lines.load(new StringReader(text()));
            return new Seen(stamp, Optional.of(lines), Optional.empty(), false);
        } catch (CharacterCodingException e) {
            return wrong(stamp, before, "it is not UTF-8", false);
        } catch (IllegalArgumentException e) {
            return wrong(stamp, before, "an escape \\u is not followed by four digits", false);
        } catch (IOException e) {
            return wrong(stamp, before, "it can't be read", true);
        }
    }

    private String text() throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is no file."); // a pipe would be waited for
        }
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            return "";
        }
    }

    private Seen wrong(Optional<Stamp> stamp, Seen before, String why, boolean unread) {
        String meanwhile = before.good.isPresent()
                ? "What it said before holds until it is mended."
                : "Nothing of it holds until it is mended.";
        Optional<String> trouble = Optional.of(file + " is malformed: " + why + ". " + meanwhile);
        if (!trouble.equals(before.trouble)) {
            LOG.warn("{}", trouble.get());
        }
        return new Seen(stamp, before.good, trouble, unread);
    }

    /** Nothing of a file that is not there, or says nothing of itself. */
    private Optional<Stamp> stamp() {
        try {
            return Optional.of(new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
