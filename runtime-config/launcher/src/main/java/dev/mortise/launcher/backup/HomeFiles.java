// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import dev.mortise.launcher.home.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;

/** The files of a home beside its database that belong into a backup: configuration, jars, keys. */
record HomeFiles(Home home) {
    private static final List<String> FOLDERS = List.of("etc", "plugins", "data");
    // the database comes by other means; the others are made anew or belong to one run
    private static final Set<String> LEFT_OUT = Set.of(
            "data/postgres",
            "data/postgres-bin",
            "data/postgres-lock",
            "data/postgres-guardian.sh",
            "data/cache",
            "data/work",
            "data/lock",
            "data/http-port");

    /** Return whether a place is one of a home, as seen from it. */
    static boolean holds(Path place) {
        return FOLDERS.contains(place.getName(0).toString());
    }

    /** Return whether a folder is one of those of the home, or lies in one; they may be links to other disks. */
    boolean hold(Path folder) throws IOException {
        for (String own : FOLDERS) {
            Path place = home.root().resolve(own);
            if (Files.exists(place) && folder.toRealPath().startsWith(place.toRealPath())) {
                return true;
            }
        }
        return false;
    }

    /** Give each file to the sink by its name, as seen from the home; what is a link is copied as what it leads to. */
    void copy(BiConsumer<String, InputStream> sink) throws IOException {
        for (String folder : FOLDERS) {
            Files.walkFileTree(
                    home.root().resolve(folder),
                    Set.of(FileVisitOption.FOLLOW_LINKS),
                    Integer.MAX_VALUE,
                    new Copying(sink));
        }
    }

    private final class Copying extends SimpleFileVisitor<Path> {
        private final BiConsumer<String, InputStream> sink;

        Copying(BiConsumer<String, InputStream> sink) {
            this.sink = sink;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return LEFT_OUT.contains(name(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (!LEFT_OUT.contains(name(file)) && Files.isRegularFile(file)) {
                copy(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            // what a link leads back to is in the backup already
            if (failure instanceof NoSuchFileException || failure instanceof FileSystemLoopException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        private void copy(Path file) throws IOException {
            try (InputStream content = Files.newInputStream(file)) {
                sink.accept(name(file), content);
            } catch (NoSuchFileException e) {
                // it was removed meanwhile
                return;
            }
        }

        private String name(Path file) {
            return home.root().relativize(file).toString();
        }
    }
}
