// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.host.config.LastGood.Parsed;
import dev.mortise.host.config.LastGood.Seen;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The lines of {@code etc/plugins.properties}, as they last were good. */
final class PluginLines {
    private static final Logger LOG = LoggerFactory.getLogger(PluginLines.class);

    private final Path file;
    private final LastGood<Properties> lines;
    // The monitor guards it: files are rarely changed.
    private Optional<String> told = Optional.empty();

    /** Reads the file, which need not be there. */
    PluginLines(Path file) {
        this.file = file;
        this.lines = new LastGood<>(file, new Properties(), PluginLines::parsed);
        look();
    }

    /**
     * Answers what stands behind a key.
     *
     * @throws UncheckedIOException when the file never was good
     */
    Optional<String> find(String key) {
        Seen<Properties> now = look();
        Properties good = now.good()
                .orElseThrow(
                        () -> new UncheckedIOException(sentence(now).orElse(""), new IOException(file.toString())));
        return Optional.ofNullable(good.getProperty(key));
    }

    /** Answers what is wrong with the file now. */
    Optional<String> trouble() {
        return sentence(look());
    }

    private Seen<Properties> look() {
        Seen<Properties> now = lines.look();
        Optional<String> trouble = sentence(now);
        if (trouble.isPresent() || told.isPresent()) {
            tell(trouble);
        }
        return now;
    }

    private synchronized void tell(Optional<String> trouble) {
        if (!trouble.equals(told)) {
            trouble.ifPresent(LOG::warn);
            told = trouble;
        }
    }

    private Optional<String> sentence(Seen<Properties> now) {
        return now.wrong().map(why -> file + " is malformed: " + why + ". " + now.meanwhile());
    }

    private static Parsed<Properties> parsed(String text) {
        try {
            Properties lines = new Properties();
            lines.load(new StringReader(text));
            return Parsed.good(lines);
        } catch (IllegalArgumentException e) {
            return Parsed.wrong("an escape \\u is not followed by four digits");
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a text in memory is always read
        }
    }
}
