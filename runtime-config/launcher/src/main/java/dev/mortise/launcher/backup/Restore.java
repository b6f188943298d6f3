// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import dev.mortise.launcher.home.Home;
import dev.mortise.launcher.home.HomeLock;
import dev.mortise.launcher.program.Distribution;
import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import dev.mortise.launcher.program.Terminal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;

/** The command restore: a home as it was when its backup ended. */
public record Restore(Distribution distribution, Terminal terminal) {

    /** Put everything back, or leave the home as empty as it was. Nothing is touched before the whole file was checked. */
    public ExitCode execute(Path root, Path file) throws IOException {
        try (BackupFile backup = BackupFile.open(file)) {
            backup.description().requireMajor(new BundledCopy(distribution).major());
            requireEmpty(new Home(root.toAbsolutePath().normalize()));
            Home home = Home.prepare(root);
            HomeLock lock = HomeLock.take(home);
            try (lock) {
                requireEmpty(home);
                List<Path> kept = unpack(backup, new EmptyHome(home));
                tell(home, backup.description(), kept);
            }
            return ExitCode.DONE;
        }
    }

    private static List<Path> unpack(BackupFile backup, EmptyHome home) throws IOException {
        home.markUnfinished();
        try {
            backup.each(home::put);
            home.sync();
        } catch (IOException | UncheckedIOException e) {
            home.clear();
            throw new LaunchFailure(
                    ExitCode.FAULT, "Nothing was restored: " + Reason.of(e) + ". The home is empty again.", e);
        }
        home.markFinished();
        return home.kept();
    }

    private void tell(Home home, Description description, List<Path> kept) {
        kept.forEach(file -> terminal.tell("Kept '" + file + "', which was there already."));
        terminal.say("Restored " + home.root() + " as it was at " + description.ended() + " (Mortise "
                + description.mortise() + "). Start it with 'mortise run --home " + home.root() + "'.");
    }

    private static void requireEmpty(Home home) throws IOException {
        List<String> there = new EmptyHome(home).strangers();
        if (!there.isEmpty()) {
            throw new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "Home '" + home.root() + "' is not empty: its folder data/ holds " + String.join(", ", there)
                            + ". Nothing was restored. Restore into a new home (--home), or move data/ away.");
        }
    }
}
