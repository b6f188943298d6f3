// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of one process, gone with it: {@code home/} and {@code tmp/} are the process's, {@code pid} tells its number. The
 * folder's name is the nonce by which the process is known.
 */
record RunFolder(Path path) {
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static RunFolder make(Path root, String nonce) {
        RunFolder made = new RunFolder(root.resolve(nonce));
        try {
            Files.createDirectories(root, OWNER_ONLY);
            Files.createDirectory(made.path, OWNER_ONLY);
            Files.createDirectory(made.home(), OWNER_ONLY);
            Files.createDirectory(made.tmp(), OWNER_ONLY);
            return made;
        } catch (IOException e) {
            throw new UncheckedIOException("The folder of a process can't be made: " + e, e);
        }
    }

    Path home() {
        return path.resolve("home");
    }

    Path tmp() {
        return path.resolve("tmp");
    }

    /** Answers the number of the process itself, below its guard. */
    Optional<Long> pid() {
        try {
            String text = Files.readString(path.resolve("pid")).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(text));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty(); // not written yet, or gone with the process
        }
    }

    void delete() {
        delete(path);
    }

    /** Deletes a folder with all that is in it; what its owner makes meanwhile stays. Links are not followed. */
    static void delete(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            all.sorted(Comparator.reverseOrder()).forEach(RunFolder::deleteOne);
        } catch (IOException | UncheckedIOException e) {
            return; // it is gone, or goes at the next start
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            return;
        }
    }
}
