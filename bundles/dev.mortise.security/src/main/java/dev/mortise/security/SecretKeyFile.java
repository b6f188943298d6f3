// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code data/secrets-key}: a key in each line, the first one is used for what is sealed now, the others only open what was
 * sealed before. Readable by its owner alone at every moment, and replaced in one step. Somebody may bring the file of another
 * node, so it is read again when it changed, and when a key is asked for that is not known.
 */
final class SecretKeyFile {
    private final Path file;
    private List<SecretKey> known = List.of();
    private Optional<Stamp> stamp = Optional.empty();

    /** Tells one state of the file from another. */
    private record Stamp(FileTime changed, long size, Optional<Object> file) {}

    SecretKeyFile(Path home) {
        this.file = home.resolve("data").resolve("secrets-key");
    }

    /** Answers the key to seal with; makes the first one. */
    synchronized SecretKey current() {
        if (known.isEmpty() || !stamp.equals(stamp())) {
            take();
        }
        if (known.isEmpty()) {
            write(List.of(SecretKey.random()));
        }
        return known.get(0);
    }

    /** Answers the names of all keys that are in the file now. */
    synchronized Set<String> names() {
        return read().stream().map(SecretKey::id).collect(Collectors.toSet());
    }

    synchronized Optional<SecretKey> find(String id) {
        Optional<SecretKey> key = named(id);
        if (key.isEmpty()) {
            take();
            key = named(id);
        }
        return key;
    }

    /** Puts a new key before those that are there, which only open from now on. */
    synchronized SecretKey add(Instant now) {
        List<SecretKey> keys = new ArrayList<>();
        keys.add(SecretKey.random());
        read().forEach(old -> keys.add(old.retire(now)));
        write(keys);
        return keys.get(0);
    }

    /** Drops the keys that only open since before a time; answers how many others stay that only open. */
    synchronized int drop(Instant before) {
        List<SecretKey> all = read();
        List<SecretKey> kept = all.stream()
                .filter(key ->
                        key.retired().filter(since -> since.isBefore(before)).isEmpty())
                .toList();
        if (kept.size() < all.size()) {
            write(kept);
        }
        return kept.size() - 1;
    }

    /** Reads the file; first its stamp, so that a change in between is seen the next time. */
    private void take() {
        Optional<Stamp> now = stamp();
        known = read();
        stamp = now;
    }

    private Optional<Stamp> stamp() {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(new Stamp(now.lastModifiedTime(), now.size(), Optional.ofNullable(now.fileKey())));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<SecretKey> named(String id) {
        return known.stream().filter(key -> key.id().equals(id)).findFirst();
    }

    private List<SecretKey> read() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file, StandardCharsets.US_ASCII).stream()
                            .filter(line -> !line.isBlank())
                            .map(SecretKey::parse)
                            .toList()
                    : List.of();
        } catch (IOException | IllegalArgumentException e) {
            // the cause of an illegal line would quote a piece of a key
            throw new MortiseException(
                    ErrorCode.INTERNAL,
                    file + " can't be read, or is no file of keys ("
                            + e.getClass().getSimpleName()
                            + "). Put back a copy of it. If there is none, move it away and say 'secrets forget' in the shell.");
        }
    }

    private void write(List<SecretKey> keys) {
        String text = keys.stream().map(key -> key.line() + "\n").collect(Collectors.joining());
        Path fresh = file.resolveSibling(".secrets-key.new");
        try {
            Files.createDirectories(
                    file.resolveSibling(""),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Files.deleteIfExists(fresh);
            try (FileChannel channel = FileChannel.open(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                // secrets are sealed with it in the next step: it must not be lost by a crash of the machine
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
                folder.force(true); // the name too
            }
        } catch (IOException e) {
            throw new MortiseException(
                    ErrorCode.INTERNAL,
                    file + " can't be written (" + e.getClass().getSimpleName() + ").",
                    e);
        }
        known = List.copyOf(keys);
        stamp = stamp();
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
