// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Set;

/** The passwords of the cluster's two users, in a file that only its owner reads: superuser first, core user second. */
record Passwords(String superuser, String core) {
    private static final SecureRandom RANDOM = new SecureRandom();

    static Passwords random() {
        return new Passwords(word(), word());
    }

    static Passwords read(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 2) {
            throw new Refusal(
                    file + " must have two lines, the passwords of PostgreSQL's users 'postgres' and 'mortise'."
                            + " Delete it and start again: new ones are made.");
        }
        return new Passwords(lines.get(0), lines.get(1));
    }

    /** Writes the file as a whole or not at all. */
    void write(Path file) throws IOException {
        Path staging = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(staging);
        try (var channel = Files.newByteChannel(
                staging,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(ByteBuffer.wrap((superuser + "\n" + core + "\n").getBytes(StandardCharsets.UTF_8)));
        }
        Files.move(staging, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public String toString() {
        return "Passwords[***]";
    }

    private static String word() {
        byte[] bytes = new byte[24];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
