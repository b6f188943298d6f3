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
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code data/secrets-key}: a key in each line, the first one is used for what is sealed now. Readable by its owner alone at
 * every moment, and replaced in one step. Another node may change it, so a key that is not known is looked for once more.
 */
final class SecretKeyFile {
    private final Path file;
    private List<SecretKey> known = List.of();

    SecretKeyFile(Path home) {
        this.file = home.resolve("data").resolve("secrets-key");
    }

    /** Answers the key to seal with; makes the first one. */
    synchronized SecretKey current() {
        if (known.isEmpty()) {
            known = read();
        }
        if (known.isEmpty()) {
            write(List.of(SecretKey.random()));
        }
        return known.get(0);
    }

    synchronized Optional<SecretKey> find(String id) {
        Optional<SecretKey> key = named(id);
        if (key.isEmpty()) {
            known = read();
            key = named(id);
        }
        return key;
    }

    /** Puts a new key before those that are there. */
    synchronized SecretKey add() {
        List<SecretKey> keys = new ArrayList<>(read());
        keys.add(0, SecretKey.random());
        write(keys);
        return keys.get(0);
    }

    /** Drops every key but this one. */
    synchronized void keep(SecretKey key) {
        write(List.of(key));
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
                            + e.getClass().getSimpleName() + "). Put back a copy of it.");
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
        } catch (IOException e) {
            throw new MortiseException(
                    ErrorCode.INTERNAL,
                    file + " can't be written (" + e.getClass().getSimpleName() + ").",
                    e);
        }
        known = List.copyOf(keys);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
