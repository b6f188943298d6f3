// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
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
    private static final byte[] ARCHIVE = {'P', 'K', 3, 4};

    /**
     * Reads a jar.
     *
     * @param keep answers how many bytes of an entry may be kept; 0 for those that nobody reads
     * @param inner looks into the archives that lie in it
     * @throws IOException when the jar is not what it declares, or more is to be kept than may be
     */
    static JarContent read(Path jar, ToIntFunction<String> keep, InnerArchives inner) throws IOException {
        Map<String, byte[]> kept = new TreeMap<>();
        byte[] chunk = new byte[CHUNK];
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries = Collections.list(zip.entries());
            requireSmall(entries, keep);
            for (ZipEntry entry : entries) {
                if (keep.applyAsInt(entry.getName()) > 0) {
                    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) entry.getSize());
                    unpack(zip, entry, chunk, bytes);
                    kept.put(entry.getName(), bytes.toByteArray());
                } else if (isArchive(zip, entry)) {
                    unpackAndLook(zip, entry, chunk, jar, inner);
                } else {
                    unpack(zip, entry, chunk, OutputStream.nullOutputStream());
                }
            }
        }
        return new JarContent(kept);
    }

    Optional<byte[]> find(String name) {
        return Optional.ofNullable(texts.get(name));
    }

    /** Judged before anything is unpacked, so that nothing large is ever read. */
    private static void requireSmall(List<? extends ZipEntry> entries, ToIntFunction<String> keep) throws IOException {
        long sum = 0;
        for (ZipEntry entry : entries) {
            int limit = keep.applyAsInt(entry.getName());
            if (limit > 0 && entry.getSize() > limit) {
                throw new IOException(EntryRules.shown(entry.getName()) + "has " + entry.getSize() + " bytes, and "
                        + limit + " are allowed");
            }
            sum += limit > 0 ? entry.getSize() : 0;
        }
        if (sum > IntakeLimits.KEPT_BYTES) {
            throw new IOException("its manifest, plugin.json and migrations have %d bytes together, and %d are allowed"
                    .formatted(sum, IntakeLimits.KEPT_BYTES));
        }
    }

    private static boolean isArchive(ZipFile zip, ZipEntry entry) throws IOException {
        try (InputStream in = zip.getInputStream(entry)) {
            return Arrays.equals(in.readNBytes(ARCHIVE.length), ARCHIVE);
        }
    }

    /** The copy lies beside the jar, where the store clears up behind a process that was killed. */
    private static void unpackAndLook(ZipFile zip, ZipEntry entry, byte[] chunk, Path jar, InnerArchives inner)
            throws IOException {
        Path copy = Files.createTempFile(jar.toAbsolutePath().getParent(), ".", ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(copy)) {
                unpack(zip, entry, chunk, out);
            }
            inner.look(entry.getName(), copy);
        } finally {
            Files.delete(copy);
        }
    }

    private static void unpack(ZipFile zip, ZipEntry entry, byte[] chunk, OutputStream out) throws IOException {
        CRC32 checksum = new CRC32();
        long count = 0;
        try (InputStream in = zip.getInputStream(entry)) {
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                count += got;
                if (count > entry.getSize()) {
                    throw new IOException(
                            EntryRules.shown(entry.getName()) + "is larger than the jar's directory says");
                }
                checksum.update(chunk, 0, got);
                out.write(chunk, 0, got);
            }
        }
        if (count != entry.getSize() || checksum.getValue() != entry.getCrc()) {
            throw new IOException(
                    EntryRules.shown(entry.getName()) + "is damaged: size or checksum differ from the jar's directory");
        }
    }
}
