// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A backup that was found whole; nothing is read from one that was not. */
final class BackupFile implements AutoCloseable {
    private final ZipFile zip;
    private final Description description;

    private BackupFile(ZipFile zip, Description description) {
        this.zip = zip;
        this.description = description;
    }

    /** What is done with each entry of a backup. */
    interface Taker {
        void take(String name, InputStream content) throws IOException;
    }

    /** Check a file from its first to its last byte and open it, or fail saying what is wrong. */
    static BackupFile open(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new LaunchFailure(ExitCode.USAGE, "There is no file '" + file + "'. Name a backup.");
        }
        try {
            requireWhole(file);
            ZipFile zip = new ZipFile(file.toFile());
            try {
                requireKnownPlaces(file, zip);
                return new BackupFile(zip, describe(file, zip));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (IOException e) {
            throw new LaunchFailure(ExitCode.FAULT, "Backup '" + file + "' can't be read: " + Reason.of(e) + ".", e);
        }
    }

    Description description() {
        return description;
    }

    void each(Taker taker) throws IOException {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            try (InputStream content = zip.getInputStream(entry)) {
                taker.take(entry.getName(), content);
            }
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    private static void requireWhole(Path file) throws IOException {
        if (!Seal.holds(file)) {
            throw new LaunchFailure(
                    ExitCode.FAULT,
                    "'" + file + "' is no whole backup of Mortise: its content is not what its checksum says. It was"
                            + " cut off, changed, or never was one. Nothing was restored; use another backup.");
        }
    }

    /** The seal speaks of damage only: whoever makes a file can seal it. */
    private static void requireKnownPlaces(Path file, ZipFile zip) {
        for (ZipEntry entry : Collections.list(zip.entries())) {
            Path place = Path.of(entry.getName());
            boolean known = HomeFiles.holds(place) || entry.getName().equals(Description.ENTRY);
            if (!known || place.isAbsolute() || !place.normalize().equals(place)) {
                throw new LaunchFailure(
                        ExitCode.FAULT,
                        "'" + file + "' holds '" + entry.getName()
                                + "', which is no place in a home. Nothing was restored.");
            }
        }
    }

    private static Description describe(Path file, ZipFile zip) throws IOException {
        ZipEntry entry = zip.getEntry(Description.ENTRY);
        if (entry == null) {
            throw new LaunchFailure(
                    ExitCode.FAULT,
                    "'" + file + "' is no backup of Mortise: " + Description.ENTRY + " is missing in it.");
        }
        try (InputStream content = zip.getInputStream(entry)) {
            return Description.read(content);
        }
    }
}
