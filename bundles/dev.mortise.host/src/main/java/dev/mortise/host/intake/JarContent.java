// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Unpacks a whole jar once, to prove that it holds what its directory declares, and keeps the few entries that are read.
 *
 * @param texts kept entries by name
 */
record JarContent(Map<String, byte[]> texts) {
    private static final int CHUNK = 1 << 16;

    /**
     * Reads a jar.
     *
     * @param keep answers how many bytes of an entry may be kept; 0 for those that nobody reads
     * @throws IOException when the jar is not what it declares, or an entry is larger than may be kept
     */
    static JarContent read(Path jar, ToIntFunction<String> keep) throws IOException {
        Map<String, byte[]> kept = new TreeMap<>();
        byte[] chunk = new byte[CHUNK];
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                int limit = keep.applyAsInt(entry.getName());
                byte[] bytes = unpack(zip, entry, limit, chunk);
                if (limit > 0) {
                    kept.put(entry.getName(), bytes);
                }
            }
        }
        return new JarContent(kept);
    }

    Optional<byte[]> find(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    private static byte[] unpack(ZipFile zip, ZipEntry entry, int limit, byte[] chunk) throws IOException {
        if (limit > 0 && entry.getSize() > limit) {
            throw new IOException(
                    entry.getName() + " has " + entry.getSize() + " bytes, and " + limit + " are allowed");
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream(limit > 0 ? (int) entry.getSize() : 0);
        CRC32 checksum = new CRC32();
        long count = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                count += got;
                if (count > entry.getSize()) {
                    throw new IOException(entry.getName() + " is larger than the jar's directory says");
                }
                checksum.update(chunk, 0, got);
                kept.write(chunk, 0, limit > 0 ? got : 0);
            }
        }
        if (count != entry.getSize() || checksum.getValue() != entry.getCrc()) {
            throw new IOException(entry.getName() + " is damaged: size or checksum differ from the jar's directory");
        }
        return kept.toByteArray();
    }
}
