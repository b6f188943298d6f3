// SPDX-License-Identifier: Apache-2.0
package dev.mortise.postgres.embedded;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tukaani.xz.XZInputStream;

/** Unpacks the programs in this bundle into a cache, once: a folder appears there whole or not at all. */
final class BundledPrograms {
    private static final Logger LOG = LoggerFactory.getLogger(BundledPrograms.class);
    private static final Map<String, String> ARCHIVES = Map.of(
            "amd64", "postgres-linux-x86_64.txz",
            "x86_64", "postgres-linux-x86_64.txz",
            "aarch64", "postgres-linux-arm_64.txz");

    private final Path cache;
    private final String architecture;
    private final List<String> tar;

    BundledPrograms(Path cache, String architecture, List<String> tar) {
        this.cache = cache;
        this.architecture = architecture;
        this.tar = List.copyOf(tar);
    }

    static BundledPrograms in(Path cache) {
        return new BundledPrograms(
                cache, System.getProperty("os.arch"), List.of("tar", "--no-same-owner", "-xJf", "-", "-C"));
    }

    /** Answers the unpacked programs; unpacks them when they are not there. */
    Programs unpacked() throws IOException, InterruptedException {
        Path place = cache.resolve(version() + "-" + architecture);
        if (!Files.isDirectory(place)) {
            long begin = System.nanoTime();
            unpack(place);
            LOG.info("PostgreSQL {} unpacked to {} in {} ms", version(), place, millisSince(begin));
        }
        return new Programs(place);
    }

    private static long millisSince(long begin) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
    }

    private void unpack(Path place) throws IOException, InterruptedException {
        Files.createDirectories(cache);
        Path staging = Files.createTempDirectory(cache, ".unpacking-");
        try {
            Path content = Files.createDirectory(staging.resolve("content"));
            Files.setPosixFilePermissions(content, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (!withTar(content)) {
                withJava(content);
            }
            move(content, place);
        } finally {
            Folders.delete(staging);
        }
    }

    private static void move(Path content, Path place) throws IOException {
        try {
            Files.move(content, place, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (FileSystemException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            }
            // another container unpacked into the same cache at the same time; its copy is as good
            LOG.debug("{} was unpacked by another process", place);
        }
    }

    private boolean withTar(Path target) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(tar);
        command.add(target.toString());
        Process process;
        try {
            process = Command.builder(command)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            LOG.debug("No {} here; unpacking in Java", tar.get(0), e);
            return false;
        }
        try (InputStream archive = archive();
                OutputStream sink = process.getOutputStream()) {
            archive.transferTo(sink);
        } catch (IOException e) {
            LOG.debug("tar ended before the archive did; unpacking in Java", e);
            return false;
        }
        return process.waitFor() == 0;
    }

    private void withJava(Path target) throws IOException {
        Folders.clear(target);
        try (InputStream archive = new XZInputStream(archive())) {
            new TarArchive(archive).extractTo(target);
        }
    }

    private InputStream archive() {
        String name = ARCHIVES.get(architecture);
        InputStream found =
                name == null ? null : BundledPrograms.class.getClassLoader().getResourceAsStream(name);
        if (found == null) {
            throw new Refusal("The embedded PostgreSQL is there for Linux on amd64 and aarch64, not for "
                    + System.getProperty("os.name") + " on " + architecture
                    + ". Set 'programs' in etc/postgres-embedded.properties to an installation of PostgreSQL, or"
                    + " MORTISE_DB_URL to a server.");
        }
        return found;
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream source = BundledPrograms.class.getResourceAsStream("programs.properties")) {
            properties.load(source);
        }
        return properties.getProperty("version");
    }
}
