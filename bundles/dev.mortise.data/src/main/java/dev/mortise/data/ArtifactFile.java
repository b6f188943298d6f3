// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.data.Artifacts.Part;
import dev.mortise.kernel.model.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.function.IntFunction;

/** Writes the parts of an artifact to a file, which is there with all its bytes or not at all. */
final class ArtifactFile {
    private final Digest digest;
    private final IntFunction<Optional<Part>> parts;

    /** Takes where the parts come from, by their numbers; none when the artifact is not known (any more). */
    ArtifactFile(Digest digest, IntFunction<Optional<Part>> parts) {
        this.digest = digest;
        this.parts = parts;
    }

    /** Answers whether the artifact is known. */
    boolean write(Path target) throws IOException {
        if (Files.exists(target)) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Optional<Part> first = parts.apply(0);
        if (first.isEmpty()) {
            return false;
        }
        Path folder = target.toAbsolutePath().getParent();
        Path temporary = Files.createTempFile(folder, target.getFileName() + "-", ".part");
        try {
            boolean whole = copy(first.get(), temporary);
            if (whole) {
                Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return whole;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private boolean copy(Part first, Path temporary) throws IOException {
        MessageDigest sha256 = Checksum.sha256();
        try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
            Part part = first;
            for (int number = 1; part.content().hasRemaining(); number++) {
                sha256.update(part.content().duplicate());
                write(file, part.content());
                if (file.position() >= part.whole()) {
                    break;
                }
                Optional<Part> next = parts.apply(number);
                if (next.isEmpty()) {
                    return false;
                }
                part = next.get();
            }
            file.force(true);
        }
        Digest found = Checksum.digest(sha256);
        if (!found.equals(digest)) {
            throw new IOException("The artifact with sha256 %s is damaged in the database: its bytes have %s."
                    .formatted(digest.shortHex(), found.shortHex()));
        }
        return true;
    }

    private static void write(FileChannel file, ByteBuffer content) throws IOException {
        while (content.hasRemaining()) {
            file.write(content);
        }
    }
}
