// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a backup file: a zip with its {@link Seal}, readable by its owner alone. It lies under another name until
 * {@link #finish}; what is closed before is deleted, and what a kill leaves behind has no seal and another name.
 */
final class BackupWriter implements AutoCloseable {
    private final Path target;
    private final Path part;
    private final FileChannel channel;
    private final MessageDigest digest = Seal.digest();
    private final ZipOutputStream zip;
    private int files;

    private BackupWriter(Path target, Path part) throws IOException {
        this.target = target;
        this.part = part;
        this.channel = FileChannel.open(part, StandardOpenOption.WRITE);
        this.zip = new ZipOutputStream(
                new BufferedOutputStream(new DigestOutputStream(Channels.newOutputStream(channel), digest), 1 << 16));
        zip.setLevel(Deflater.BEST_SPEED);
        zip.setComment(Seal.BLANK);
    }

    static BackupWriter to(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        // temporary files are their owner's alone
        Path part = Files.createTempFile(folder, "." + target.getFileName() + ".", ".part");
        part.toFile().deleteOnExit();
        return new BackupWriter(target, part);
    }

    /** Add a file, or a folder when its name ends with a slash. The content is read, not closed. */
    void add(String name, InputStream content) {
        try {
            zip.putNextEntry(new ZipEntry(name));
            content.transferTo(zip);
            zip.closeEntry();
            files++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int files() {
        return files;
    }

    /** Make the file whole and durable, then give it its name; answers its size in bytes. */
    long finish() throws IOException {
        zip.finish();
        zip.flush();
        Seal.set(channel, digest);
        channel.force(true);
        long size = channel.size();
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent())) {
            folder.force(true);
        }
        return size;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(part);
    }
}
