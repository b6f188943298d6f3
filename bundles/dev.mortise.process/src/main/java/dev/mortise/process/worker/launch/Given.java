// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Lays what a process of another user reads where it can reach it: folders of its own with links to files that stay the
 * container's, so that it can write beside them and never into them. Links cost neither time nor space.
 */
final class Given extends SimpleFileVisitor<Path> {
    private final Path source;
    private final Path target;
    private final int user;

    private Given(Path source, Path target, int user) {
        this.source = source;
        this.target = target;
        this.user = user;
    }

    static void lay(Path source, Path target, int user) throws IOException {
        Files.walkFileTree(source, new Given(source, target, user));
    }

    private Path place(Path file) {
        return target.resolve(source.relativize(file).toString());
    }

    @Override
    public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
        RunFolder.own(Files.createDirectory(place(folder), RunFolder.OWNER_ONLY), user);
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        Path place = file.equals(source) ? target : place(file);
        letRead(file);
        try {
            Files.createLink(place, file);
        } catch (IOException | UnsupportedOperationException e) {
            // another file system
            Files.copy(file, place);
            letRead(place);
        }
        return FileVisitResult.CONTINUE;
    }

    /** The folder that it lies in is closed for others. */
    private static void letRead(Path file) throws IOException {
        Set<PosixFilePermission> now = Files.getPosixFilePermissions(file);
        Set<PosixFilePermission> open = PosixFilePermissions.fromString(
                now.contains(PosixFilePermission.OWNER_EXECUTE) ? "rwxr-xr-x" : "rw-r--r--");
        if (!now.equals(open)) {
            Files.setPosixFilePermissions(file, open);
        }
    }
}
