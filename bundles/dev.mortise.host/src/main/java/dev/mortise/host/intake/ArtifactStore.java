// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.kernel.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Keeps artifacts by their SHA-256; what is in it never changes, so bundles run from it and not from the watched folder. It
 * is a cache: the database has the bytes too, so what a crash cut off is found by its digest and fetched again.
 */
public final class ArtifactStore {
    private static final int CHUNK = 1 << 16;
    private static final int TURNS = 64;

    private final Path folder;
    /** Who brings the same bytes at once would take them from each other; different bytes seldom share one of these. */
    private final List<Object> turns = Stream.generate(Object::new).limit(TURNS).toList();

    /** Keeps artifacts in this folder, which is made when it is missing. */
    public ArtifactStore(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        removeRemains();
    }

    /** Takes a copy of a file; when it is there already and whole, nothing is written. */
    public Digest take(Path source) throws IOException {
        Digest digest = digest(source);
        return holds(digest) ? digest : copy(source);
    }

    /** Tells whether the bytes of an artifact are there: a name alone proves nothing. */
    public boolean holds(Digest digest) throws IOException {
        Path target = file(digest);
        return Files.exists(target) && digest(target).equals(digest);
    }

    /**
     * Takes what a stream has.
     *
     * @param most bytes that are allowed; of a longer one nothing is kept
     */
    public Optional<Digest> receive(InputStream source, long most) throws IOException {
        Path temporary = temporary();
        try {
            Digest digest = write(source, temporary, most);
            boolean whole = Files.size(temporary) <= most;
            if (whole) {
                Files.move(
                        temporary, file(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            }
            return whole ? Optional.of(digest) : Optional.empty();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Answers whether the bytes are there, fetched anew when they were lost or damaged. */
    boolean bring(Digest digest, Source source) throws IOException {
        synchronized (turns.get(Math.floorMod(digest.hashCode(), TURNS))) {
            if (holds(digest)) {
                return true;
            }
            remove(digest);
            makeFolder();
            return source.fetch(digest, file(digest));
        }
    }

    /** Brings the bytes of artifacts from elsewhere. */
    public interface Source {
        /** Writes the bytes to a file that is not there; answers whether they are known. */
        boolean fetch(Digest digest, Path target) throws IOException;
    }

    /** Removes what was taken and is of no use. */
    public void remove(Digest digest) throws IOException {
        Files.deleteIfExists(file(digest));
    }

    /** Removes artifacts but for these, and but for those that came a moment ago and nobody knows yet. */
    public void retain(Set<Digest> wanted, Instant before) throws IOException {
        if (Files.notExists(folder)) {
            return;
        }
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                boolean kept = wanted.stream().anyMatch(digest -> name.startsWith(digest.hex()));
                if (!kept && Files.getLastModifiedTime(file).toInstant().isBefore(before)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** Answers where the artifact with this digest lies. */
    public Path file(Digest digest) {
        return folder.resolve(digest + ".jar");
    }

    /** The digest is taken of what is written: the source may have changed since it was read first. */
    private Digest copy(Path source) throws IOException {
        Path temporary = temporary();
        try (InputStream in = Files.newInputStream(source)) {
            Digest digest = write(in, temporary, Long.MAX_VALUE - 1);
            Files.move(temporary, file(digest), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return digest;
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private Path temporary() throws IOException {
        makeFolder();
        return folder.resolve("." + UUID.randomUUID() + ".tmp");
    }

    /** Somebody may have cleared the cache away while the container runs. */
    private void makeFolder() throws IOException {
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
    }

    /** Writes one byte more than may be at most: enough to be refused, too little to fill the disk. */
    private static Digest write(InputStream in, Path target, long most) throws IOException {
        MessageDigest sha = sha256();
        try (FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] chunk = new byte[CHUNK];
            long left = most + 1;
            int got = in.read(chunk);
            while (got >= 0 && left > 0) {
                int taken = (int) Math.min(got, left);
                sha.update(chunk, 0, taken);
                write(out, ByteBuffer.wrap(chunk, 0, taken));
                left -= taken;
                got = in.read(chunk);
            }
        }
        return new Digest(HexFormat.of().formatHex(sha.digest()));
    }

    private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }

    private static Digest digest(Path source) throws IOException {
        MessageDigest sha = sha256();
        try (InputStream in = Files.newInputStream(source)) {
            byte[] chunk = new byte[CHUNK];
            for (int got = in.read(chunk); got >= 0; got = in.read(chunk)) {
                sha.update(chunk, 0, got);
            }
        }
        return new Digest(HexFormat.of().formatHex(sha.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** A process that was killed while copying leaves a temporary file. */
    private void removeRemains() throws IOException {
        try (var files = Files.newDirectoryStream(folder, "{.*.tmp,*.part}")) {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }
}
