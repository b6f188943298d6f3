// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** {@code data/admin-token}: the text and a newline, readable by its owner alone at every moment. */
final class AdminTokenFile {
    private static final String OWNER_ONLY = "rw-------";
    private static final String OWNER_ONLY_FOLDER = "rwx------";

    private final Path file;

    AdminTokenFile(Path home) {
        this.file = home.resolve("data").resolve("admin-token");
    }

    /** Answers the text, when there is a file. */
    Optional<TokenText> read() throws IOException {
        return Files.exists(file)
                ? Optional.of(new TokenText(
                        Files.readString(file, StandardCharsets.UTF_8).strip()))
                : Optional.empty();
    }

    /** Takes the file's place in one step, so that nobody reads half a token. */
    void write(TokenText token) throws IOException {
        Path folder = file.resolveSibling("");
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY_FOLDER)));
        Path fresh = folder.resolve(".admin-token.new");
        Files.deleteIfExists(fresh);
        try (FileChannel channel = FileChannel.open(
                fresh,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)))) {
            ByteBuffer bytes = ByteBuffer.wrap((token.text() + "\n").getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
