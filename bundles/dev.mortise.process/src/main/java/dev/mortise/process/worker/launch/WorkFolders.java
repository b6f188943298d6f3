// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Enumeration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The folders that plugins with a command of their own run in: what lies below {@code worker/} in the jar, and its
 * {@code plugin.json}; owner-only, one folder for each artifact.
 */
public final class WorkFolders {
    private static final String BELOW = "worker/";
    private static final String MANIFEST = "plugin.json";
    private static final int MAX_ENTRIES = 10_000;
    private static final long MAX_BYTES = 512L << 20;

    private final Path root;

    /** Makes nothing yet. */
    public WorkFolders(LaunchSettings settings) {
        root = settings.work();
    }

    /**
     * Answers the folder of an artifact, unpacked. All of it is there, or none.
     *
     * @param sha256 by which the folder is named
     */
    public synchronized Path unpacked(Path jar, String sha256) throws IOException {
        Path folder = root.resolve(sha256);
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(root, RunFolder.OWNER_ONLY);
            Path fresh = Files.createTempDirectory(root, ".unpacking-", RunFolder.OWNER_ONLY);
            try (ZipFile zip = new ZipFile(jar.toFile())) {
                new Unpacking(zip, fresh).run();
                Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                RunFolder.delete(fresh);
                throw e;
            }
        }
        return folder;
    }

    /** Tells whether a jar has anything to unpack. */
    public static boolean hasFiles(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.stream()
                    .anyMatch(entry -> entry.getName().startsWith(BELOW)
                            && !entry.getName().equals(BELOW));
        }
    }

    /** Deletes the folder of an artifact that runs no more. */
    public synchronized void remove(String sha256) {
        RunFolder.delete(root.resolve(sha256));
    }

    /** Unpacks one jar. */
    private static final class Unpacking {
        private static final byte[] ELF = {0x7f, 'E', 'L', 'F'};

        private final ZipFile zip;
        private final Path folder;
        private int entries;
        private long bytes;

        Unpacking(ZipFile zip, Path folder) {
            this.zip = zip;
            this.folder = folder;
        }

        void run() throws IOException {
            for (Enumeration<? extends ZipEntry> all = zip.entries(); all.hasMoreElements(); ) {
                ZipEntry entry = all.nextElement();
                if (entry.getName().startsWith(BELOW) && !entry.getName().equals(BELOW)) {
                    unpack(entry);
                }
            }
            if (entries == 0) {
                throw new IOException("its folder " + BELOW + " is missing or empty");
            }
            ZipEntry manifest = zip.getEntry(MANIFEST);
            if (manifest != null && !Files.exists(folder.resolve(MANIFEST))) {
                write(manifest, folder.resolve(MANIFEST));
            }
        }

        private void unpack(ZipEntry entry) throws IOException {
            if (++entries > MAX_ENTRIES) {
                throw new IOException("it has more than " + MAX_ENTRIES + " files below " + BELOW);
            }
            Path target = target(entry.getName().substring(BELOW.length()));
            if (entry.isDirectory()) {
                Files.createDirectories(target, RunFolder.OWNER_ONLY);
                return;
            }
            Files.createDirectories(target.getParent(), RunFolder.OWNER_ONLY);
            write(entry, target);
        }

        private void write(ZipEntry entry, Path target) throws IOException {
            try (InputStream source = zip.getInputStream(entry)) {
                copy(source, target);
            }
            Files.setPosixFilePermissions(
                    target, PosixFilePermissions.fromString(isScript(target) ? "rwx------" : "rw-------"));
        }

        private Path target(String name) throws IOException {
            Path target = folder.resolve(name).normalize();
            if (name.contains("\\") || name.startsWith("/") || target.equals(folder) || !target.startsWith(folder)) {
                throw new IOException("the name of its entry '" + BELOW + name + "' leads out of its folder");
            }
            return target;
        }

        private void copy(InputStream source, Path target) throws IOException {
            try (var sink = Files.newOutputStream(target, StandardOpenOption.CREATE_NEW)) {
                byte[] buffer = new byte[8192];
                for (int n = source.read(buffer); n >= 0; n = source.read(buffer)) {
                    bytes += n;
                    if (bytes > MAX_BYTES) {
                        throw new IOException("it unpacks to more than " + (MAX_BYTES >> 20) + " MB");
                    }
                    sink.write(buffer, 0, n);
                }
            }
        }

        /** A jar keeps no permissions: what begins like a program is one. */
        private static boolean isScript(Path file) throws IOException {
            try (InputStream source = Files.newInputStream(file)) {
                byte[] head = source.readNBytes(4);
                boolean script = head.length >= 2 && head[0] == '#' && head[1] == '!';
                return script || Arrays.equals(head, ELF);
            }
        }
    }
}
