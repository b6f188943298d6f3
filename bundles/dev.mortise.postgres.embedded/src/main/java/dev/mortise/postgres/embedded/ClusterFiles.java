// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** The files of a data directory that belong into a copy, as PostgreSQL's manual lists them. */
final class ClusterFiles {
    private static final String LOG = "pg_wal";
    private static final String CONTROL = "global/pg_control";
    // folders that a server fills anew
    private static final Set<String> EMPTIED = Set.of(
            "pg_dynshmem", "pg_notify", "pg_replslot", "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");
    private static final Set<String> LEFT_OUT =
            Set.of("postmaster.pid", "postmaster.opts", "backup_label", "backup_label.old", "tablespace_map", CONTROL);

    private final Path cluster;
    private final BiConsumer<String, InputStream> sink;

    ClusterFiles(Path cluster, BiConsumer<String, InputStream> sink) {
        this.cluster = cluster;
        this.sink = sink;
    }

    /** Copies all that a server which does not run needs to start. */
    void copyAll() throws IOException {
        Files.walkFileTree(cluster, new Copying(Set.of()));
        copyControl();
    }

    /** Copies all but the log. Files may change, grow and vanish meanwhile: the log mends that. */
    void copyWithoutLog() throws IOException {
        Files.walkFileTree(cluster, new Copying(Set.of(LOG)));
        copyControl();
    }

    /** Copies the files of the log from the first to the last, both included. */
    void copyLog(String first, String last) throws IOException {
        try (Stream<Path> files = Files.list(cluster.resolve(LOG))) {
            List<Path> segments = files.filter(
                            file -> between(file.getFileName().toString(), first, last))
                    .sorted()
                    .toList();
            for (Path segment : segments) {
                copy(segment);
            }
        }
    }

    /** Gives one file away. */
    void give(String name, InputStream content) {
        sink.accept(name, content);
    }

    private static boolean between(String name, String first, String last) {
        return name.length() == first.length() && name.compareTo(first) >= 0 && name.compareTo(last) <= 0;
    }

    /** The control file has a checksum and no log: it is read until two looks agree, so that none is half written. */
    private void copyControl() throws IOException {
        Path file = cluster.resolve(CONTROL);
        byte[] before = Files.readAllBytes(file);
        byte[] now = Files.readAllBytes(file);
        while (!Arrays.equals(before, now)) {
            before = now;
            now = Files.readAllBytes(file);
        }
        give(CONTROL, new ByteArrayInputStream(now));
    }

    private void copy(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            give(name(file), content);
        } catch (NoSuchFileException e) {
            // its table was dropped meanwhile
            return;
        }
    }

    private String name(Path file) {
        return cluster.relativize(file).toString();
    }

    private final class Copying extends SimpleFileVisitor<Path> {
        private final Set<String> withoutContent;

        Copying(Set<String> withoutContent) {
            this.withoutContent = withoutContent;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            if (folder.equals(cluster)) {
                return FileVisitResult.CONTINUE;
            }
            give(name(folder) + "/", InputStream.nullInputStream());
            return EMPTIED.contains(name(folder)) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            if (attributes.isSymbolicLink()) {
                throw new IllegalStateException(
                        "The database has a tablespace outside of its data directory, at " + file
                                + ", which a backup would miss. Move its tables into the default tablespace, then drop it.");
            }
            String name = name(file);
            String top = name.split("/", 2)[0];
            boolean temporary = file.getFileName().toString().matches("(pgsql_tmp|pg_internal\\.init).*");
            if (!temporary && !LEFT_OUT.contains(name) && !withoutContent.contains(top)) {
                copy(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }
    }
}
