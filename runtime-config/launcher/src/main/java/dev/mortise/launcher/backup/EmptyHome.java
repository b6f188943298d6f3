// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import dev.mortise.launcher.home.Home;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A home that a backup is put into. Its folder data/ holds nothing else, and a mark as long as it is not whole: whatever
 * lies there beside the mark came from a restore that did not end.
 */
final class EmptyHome {
    private static final FileAttribute<?> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<?> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private final Home home;
    private final List<Path> kept = new ArrayList<>();
    private final List<Path> made = new ArrayList<>();

    EmptyHome(Home home) {
        this.home = home;
    }

    /** Return what lies in data/ and did not come from a restore; a container leaves its lock there. */
    List<String> strangers() throws IOException {
        if (Files.notExists(home.data()) || Files.exists(home.restoreMark())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(home.data())) {
            return files.filter(file -> !isLock(file))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    void markUnfinished() throws IOException {
        clear();
        Files.write(home.restoreMark(), List.of("A restore has not ended."), StandardOpenOption.CREATE);
    }

    /** PostgreSQL trusts files of a server that was stopped in order, so they must be on the disk before the mark goes. */
    void sync() throws IOException {
        Path data = home.data().toRealPath();
        // whoever closes the file of the lock gives the lock away, by whatever channel
        Path lock = data.resolve(home.data().relativize(home.lock()));
        try (Stream<Path> all = Files.walk(data)) {
            for (Path one : all.filter(file -> !file.equals(lock)).toList()) {
                sync(one);
            }
        }
    }

    private static void sync(Path place) throws IOException {
        try (FileChannel channel = FileChannel.open(place)) {
            channel.force(true);
        }
    }

    void markFinished() throws IOException {
        Files.delete(home.restoreMark());
        sync(home.data());
    }

    /** Return the files of etc/ and plugins/ that were there, and are as they were. */
    List<Path> kept() {
        return List.copyOf(kept);
    }

    /** Put a file, or a folder, to its place. What its owner has laid into etc/ or plugins/ stays. */
    void put(String name, InputStream content) throws IOException {
        Path place = home.root().resolve(name);
        if (name.equals(Description.ENTRY)) {
            return;
        }
        if (name.endsWith("/")) {
            Files.createDirectories(place, OWNER_ONLY_FOLDER);
            return;
        }
        if (Files.exists(place) && !place.startsWith(home.data())) {
            kept.add(place);
            return;
        }
        Files.createDirectories(place.resolve("..").normalize(), OWNER_ONLY_FOLDER);
        if (place.startsWith(home.data())) {
            write(place, content);
        } else {
            writeWhole(place, content);
        }
    }

    /** Outside of data/ no mark says what is half written, so nothing ever is. */
    private void writeWhole(Path place, InputStream content) throws IOException {
        Path part = place.resolveSibling("." + place.getFileName() + ".restoring");
        try {
            Files.deleteIfExists(part);
            write(part, content);
            made.add(place);
            sync(part);
            Files.move(part, place, StandardCopyOption.ATOMIC_MOVE);
            sync(place.resolveSibling(""));
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private void write(Path place, InputStream content) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(place, options, OWNER_ONLY_FILE)) {
            content.transferTo(Channels.newOutputStream(channel));
        }
    }

    /** Take away what was put here, and empty data/ but for the lock that is held; the mark goes last. */
    void clear() throws IOException {
        for (Path file : made) {
            Files.deleteIfExists(file);
        }
        Path data = home.data().toRealPath(); // a link is no folder to walk in
        Set<Path> stay = Set.of(
                data,
                data.resolve(home.data().relativize(home.lock())),
                data.resolve(home.data().relativize(home.restoreMark())));
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!stay.contains(file)) {
                    Files.delete(file);
                }
            }
        }
        Files.deleteIfExists(home.restoreMark());
    }

    private boolean isLock(Path file) {
        return file.equals(home.lock());
    }
}
