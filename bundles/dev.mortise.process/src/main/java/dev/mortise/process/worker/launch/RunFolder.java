// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of one process, gone with it: {@code home/} and {@code tmp/} are the process's, {@code pid} tells its number. The
 * folder's name is the nonce by which the process is known. One that runs as another user has what it reads in here as well;
 * the folder lets that user pass and nobody else.
 */
record RunFolder(Path path, Optional<Integer> user) {
    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    static RunFolder make(Path root, String nonce, Optional<Integer> user) {
        RunFolder made = new RunFolder(root.resolve(nonce), user);
        try {
            Files.createDirectories(root, OWNER_ONLY);
            Files.createDirectory(made.path, OWNER_ONLY);
            Files.createDirectory(made.home(), OWNER_ONLY);
            Files.createDirectory(made.tmp(), OWNER_ONLY);
            if (user.isPresent()) {
                made.give(user.get());
                Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwx--x--x"));
            }
            return made;
        } catch (IOException e) {
            made.delete();
            throw new UncheckedIOException("The folder of a process can't be made: " + e, e);
        }
    }

    private void give(int user) throws IOException {
        Files.setAttribute(path, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx--x---"));
        own(home(), user);
        own(tmp(), user);
    }

    static void own(Path file, int user) throws IOException {
        Files.setAttribute(file, "unix:uid", user, LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(file, "unix:gid", user, LinkOption.NOFOLLOW_LINKS);
    }

    /** Answers who owns a file. */
    static int owner(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    }

    /** Takes from others what they may do with a file, if it is the container's. */
    static void close(Path file) throws IOException {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        Set<PosixFilePermission> own = EnumSet.copyOf(PosixFilePermissions.fromString("rwx------"));
        if (!own.containsAll(now) && owner(file) == owner(Path.of("/proc/self"))) {
            own.retainAll(now);
            Files.setPosixFilePermissions(file, own);
        }
    }

    /** Answers where the process finds a file, or a folder with what is in it: there, or in here where it can't reach that. */
    Path reachable(Path source) throws IOException {
        if (user.isEmpty()) {
            return source;
        }
        Path target = path.resolve("work").resolve(source.getFileName());
        Files.createDirectories(path.resolve("work"));
        Given.lay(source, target, user.get());
        return target;
    }

    Path home() {
        return path.resolve("home");
    }

    Path tmp() {
        return path.resolve("tmp");
    }

    /** Answers the other user that an earlier container's process ran as. */
    Optional<Integer> otherUser() {
        try {
            int owner = owner(home());
            return owner == owner(path) ? Optional.empty() : Optional.of(owner);
        } catch (IOException e) {
            return Optional.empty();
        }
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
