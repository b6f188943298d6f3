// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A database as the first start of a container leaves it. To make one takes a third of that start, and hardly any test is
 * about it: so it is made once for all tests of a build, and each new home gets a copy. Its keys are the same in all of them.
 *
 * @param folder where it is kept; tests in other processes share it
 */
record GivenDatabase(Path folder) {
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final List<String> OTHER_SERVERS = List.of("MORTISE_DB_URL", "MORTISE_POSTGRES_EMBEDDED_PROGRAMS");
    private static final List<String> PARTS = List.of("postgres", "postgres-passwords", "db-key");

    /** Answers what the tests of this process share, when the build names a folder for it. */
    static Optional<GivenDatabase> shared() {
        return Optional.ofNullable(System.getProperty("test.given.database"))
                .map(Path::of)
                .map(GivenDatabase::new);
    }

    /** Gives a home its copy, unless it has a database already, or is to use another server. */
    void giveTo(Product product, Path home, Map<String, String> environment) throws IOException {
        if (OTHER_SERVERS.stream().noneMatch(environment::containsKey) && !Files.exists(home.resolve("data"))) {
            Path made = make(product);
            Files.createDirectories(home);
            Files.createDirectory(home.resolve("data"), OWNER_ONLY);
            for (String part : PARTS) {
                copy(made.resolve("data").resolve(part), home.resolve("data").resolve(part));
            }
        }
    }

    private Path make(Product product) throws IOException {
        Files.createDirectories(folder);
        Path home = folder.resolve(Long.toHexString(product.builtAt()));
        try (FileChannel channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            if (!Files.exists(home.resolve("complete"))) {
                start(product, home);
                Files.createFile(home.resolve("complete"));
            }
        }
        return home;
    }

    private static void start(Product product, Path home) throws IOException {
        try (Container container = Container.firstStart(product, home, Map.of(), "--edition", "minimal")) {
            container.awaitReady();
            if (container.terminate() != 0) {
                throw new IllegalStateException("The container that made a database for tests: " + container.output());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Copies files with their modes: PostgreSQL and Mortise take only what nobody else may read. */
    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
    }
}
