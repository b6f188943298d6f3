// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a file of the operator says. It counts as soon as it is changed, except by a mistake: then what it said before holds, so
 * that nothing that runs stumbles over it, and nothing gets more or less than it had.
 */
final class LastGood<T> {
    private final Path file;
    private final T absent;
    private final Function<String, Parsed<T>> parser;
    private volatile Seen<T> seen = new Seen<>(0, Optional.empty(), Optional.empty(), Optional.empty(), true);

    /** What came of a text: what it says, or what is wrong with it. */
    record Parsed<T>(Optional<T> good, String wrong) {
        static <T> Parsed<T> good(T value) {
            return new Parsed<>(Optional.of(value), "");
        }

        static <T> Parsed<T> wrong(String why) {
            return new Parsed<>(Optional.empty(), why);
        }
    }

    /** Of which time and size a file is. */
    record Stamp(FileTime changed, long size) {}

    /**
     * What was last found good, if anything ever was, and what is wrong since; what can't be read may be read the next time.
     *
     * @param look other for everything that was found
     */
    record Seen<T>(long look, Optional<Stamp> stamp, Optional<T> good, Optional<String> wrong, boolean unread) {
        /** Says what holds while something is wrong. */
        String meanwhile() {
            return good.isPresent()
                    ? "What it said before holds until it is mended."
                    : "Nothing of it holds until it is mended.";
        }

        private boolean is(Optional<Stamp> now) {
            return !unread && stamp.equals(now);
        }
    }

    /**
     * Reads nothing yet.
     *
     * @param absent what holds where there is no file
     */
    LastGood(Path file, T absent, Function<String, Parsed<T>> parser) {
        this.file = file;
        this.absent = absent;
        this.parser = parser;
    }

    /** Looks whether the file changed, and reads it then. */
    Seen<T> look() {
        Optional<Stamp> stamp = stamp();
        return seen.is(stamp) ? seen : change(stamp);
    }

    private synchronized Seen<T> change(Optional<Stamp> stamp) {
        if (!seen.is(stamp)) {
            seen = read(stamp);
        }
        return seen;
    }

    private Seen<T> read(Optional<Stamp> stamp) {
        try {
            Parsed<T> parsed = parsed();
            return parsed.good.isPresent()
                    ? new Seen<>(seen.look + 1, stamp, parsed.good, Optional.empty(), false)
                    : wrong(stamp, parsed.wrong, false);
        } catch (CharacterCodingException e) {
            return wrong(stamp, "it is not UTF-8", false);
        } catch (IOException e) {
            return wrong(stamp, "it can't be read", true);
        }
    }

    private Seen<T> wrong(Optional<Stamp> stamp, String why, boolean unread) {
        return new Seen<>(seen.look + 1, stamp, seen.good, Optional.of(why), unread);
    }

    private Parsed<T> parsed() throws IOException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new IOException(file + " is no file."); // a pipe would be waited for
        }
        try {
            return parser.apply(Files.readString(file));
        } catch (NoSuchFileException e) {
            return Parsed.good(absent);
        }
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
