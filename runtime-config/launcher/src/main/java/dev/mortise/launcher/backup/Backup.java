// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import dev.mortise.launcher.config.Settings;
import dev.mortise.launcher.home.Home;
import dev.mortise.launcher.home.HomeLock;
import dev.mortise.launcher.program.Distribution;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import dev.mortise.launcher.program.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * The command backup: a home in one file, database, jars, keys and configuration. Its container may run, and notices
 * nothing.
 */
public record Backup(Distribution distribution, Terminal terminal) {

    /** Write the file as a whole, or leave nothing. */
    public ExitCode execute(Home home, Settings settings, Path file) throws IOException {
        requireEmbedded(settings);
        home.requireWhole();
        requireDatabase(home);
        requireFree(file);
        requireOutside(home, file);
        Optional<HomeLock> lock = HomeLock.takeIfFree(home);
        try (BackupWriter writer = BackupWriter.to(file)) {
            Instant ended = write(home, lock.isEmpty(), writer);
            requireFree(file);
            long size = writer.finish();
            terminal.say("Backup of " + home.root() + " in " + file + ": " + writer.files() + " files, "
                    + (size + 999_999) / 1_000_000 + " MB, with everything that was committed before " + ended
                    + ". It holds the keys and passwords of this home: keep it like them.");
            return ExitCode.DONE;
        } catch (IOException | UncheckedIOException e) {
            throw new LaunchFailure(ExitCode.FAULT, "The backup '" + file + "' was not made: " + Reason.of(e) + ".", e);
        } finally {
            if (lock.isPresent()) {
                lock.get().close();
            }
        }
    }

    /** The database first: a jar that is newer than it is deployed at the start; one that was missing would be removed. */
    private Instant write(Home home, boolean online, BackupWriter writer) throws IOException {
        Path version = home.data().resolve("postgres/PG_VERSION");
        String major = Files.readString(version).strip();
        EarlierKeys keys = EarlierKeys.of(home);
        Instant ended = new BundledCopy(distribution)
                .copy(home, online, (name, content) -> writer.add("data/postgres/" + name, content))
                .truncatedTo(ChronoUnit.MILLIS);
        new HomeFiles(home).copy((name, content) -> writer.add(name, keys.besides(name, content)));
        writer.add(Description.ENTRY, new Description(distribution.version(), major, ended).content());
        return ended;
    }

    private static void requireEmbedded(Settings settings) {
        if (!settings.get("db", "url").isBlank()) {
            throw new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "'mortise backup' is for the embedded database, but db.url names another server. Take its backup"
                            + " with its own means, as pg_dump or pg_basebackup, and copy the folders etc/, plugins/ and"
                            + " data/ of this home.");
        }
    }

    private static void requireDatabase(Home home) {
        if (Files.notExists(home.data().resolve("postgres/PG_VERSION"))) {
            throw new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "Home '" + home.root() + "' has no database: data/postgres is missing. Choose another one with"
                            + " --home, or start this one first.");
        }
    }

    /** A backup among the files that it holds would hold itself. */
    private static void requireOutside(Home home, Path file) throws IOException {
        if (new HomeFiles(home).hold(folder(file))) {
            throw new LaunchFailure(
                    ExitCode.USAGE,
                    "'" + file
                            + "' lies in a folder that belongs into the backup. Name a file outside of etc/, plugins/ and"
                            + " data/, best on another disk.");
        }
    }

    private static Path folder(Path file) {
        return Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file);
    }

    private static void requireFree(Path file) {
        Path folder = folder(file);
        if (!Files.isDirectory(folder)) {
            throw new LaunchFailure(ExitCode.USAGE, "There is no folder '" + folder + "' to write the backup to.");
        }
        if (Files.exists(file)) {
            throw new LaunchFailure(
                    ExitCode.USAGE, "'" + file + "' is there already, and stays as it is. Name a new file.");
        }
    }
}
