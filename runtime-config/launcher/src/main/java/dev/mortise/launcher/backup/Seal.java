// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a whole backup, as text in its last bytes, which are the zip's comment; it is of the file with zeros in
 * their place. One flipped bit, or one byte that is missing, breaks it.
 */
final class Seal {
    static final int LENGTH = 64;
    static final String BLANK = "0".repeat(LENGTH);
    private static final int BUFFER_BYTES = 1 << 16;

    private Seal() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    /** Writes the seal over its place in a file that is written but for it. */
    static void set(FileChannel file, MessageDigest digest) throws IOException {
        ByteBuffer seal =
                ByteBuffer.wrap(HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII));
        file.write(seal, file.size() - LENGTH);
    }

    /** Return whether a file is what its last bytes say. */
    static boolean holds(Path file) throws IOException {
        long left = Files.size(file) - LENGTH;
        MessageDigest digest = digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream content = Files.newInputStream(file)) {
            while (left > 0) {
                int read = content.read(buffer, 0, (int) Math.min(BUFFER_BYTES, left));
                if (read < 0) {
                    return false;
                }
                digest.update(buffer, 0, read);
                left -= read;
            }
            digest.update(BLANK.getBytes(StandardCharsets.US_ASCII));
            String seal = new String(content.readNBytes(LENGTH), StandardCharsets.US_ASCII);
            return seal.equals(HexFormat.of().formatHex(digest.digest()));
        }
    }
}
