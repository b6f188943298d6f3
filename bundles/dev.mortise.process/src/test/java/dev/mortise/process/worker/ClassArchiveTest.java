// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.process.worker.launch.Launcher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes of workers are kept for their next start, by whichever container comes first. */
class ClassArchiveTest {
    private static final String QUICK = "System.setProperty(\"rehearsed\", \"true\")";
    private static final String SLOW = "Thread.sleep(60_000)";

    @TempDir
    private Path home;

    private Path worker;

    @BeforeEach
    void folder() throws IOException {
        worker = Files.createDirectories(home.resolve("dist/worker"));
        Files.writeString(worker.resolve("jvm.options"), "-Xshare:auto\n-Xlog:disable\n");
    }

    /** Puts a class path of one class into the folder. */
    private final List<Launcher> launchers = new ArrayList<>();

    private void rehearsal(String statement) throws IOException {
        Path source =
                Files.createDirectories(home.resolve("dev/mortise/worker")).resolve("Rehearsal.java");
        Files.writeString(
                source,
                "package dev.mortise.worker; public class Rehearsal { public static void main(String[] none)"
                        + " throws Exception { " + statement + "; } }");
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString()))
                .isZero();
        Path jar = worker.resolve("rehearsal.jar");
        int status = java.util.spi.ToolProvider.findFirst("jar")
                .orElseThrow()
                .run(
                        System.out,
                        System.err,
                        "--create",
                        "--file",
                        jar.toString(),
                        "-C",
                        home.toString(),
                        "dev/mortise/worker/Rehearsal.class");
        assertThat(status).isZero();
        Files.setLastModifiedTime(jar, FileTime.fromMillis(System.currentTimeMillis() - 60_000));
    }

    private ClassArchive archive(String container) {
        Launcher launcher =
                new Launcher(new TestSettings().in(home.resolve(container)).launch());
        launchers.add(launcher);
        return new ClassArchive(launcher);
    }

    @AfterEach
    void close() {
        launchers.forEach(Launcher::close);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(worker)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static String name() {
        return "classes-" + System.getProperty("java.version") + ".jsa";
    }

    @Test
    void isMadeByTwoContainersAtOnceWithoutHarm() throws Exception {
        rehearsal(QUICK);
        try (ClassArchive one = archive("one");
                ClassArchive other = archive("other")) {
            CompletableFuture.allOf(
                            CompletableFuture.runAsync(() -> one.make(worker)),
                            CompletableFuture.runAsync(() -> other.make(worker)))
                    .get(60, TimeUnit.SECONDS);
        }

        assertThat(files()).containsExactly(name(), "jvm.options", "rehearsal.jar");
        assertThat(ClassArchive.find(worker)).contains(worker.resolve(name()));
    }

    @Test
    void isNotThatOfAJarWhichCameLater() throws Exception {
        rehearsal(QUICK);
        try (ClassArchive archive = archive("one")) {
            archive.make(worker);
        }
        FileTime later = FileTime.fromMillis(System.currentTimeMillis() + 60_000);
        Files.setLastModifiedTime(worker.resolve("rehearsal.jar"), later);

        assertThat(ClassArchive.find(worker)).isEmpty();
    }

    @Test
    void leavesNothingWhereTheRehearsalFails() throws Exception {
        rehearsal("throw new IllegalStateException()");
        try (ClassArchive archive = archive("one")) {
            archive.make(worker);
        }

        assertThat(files()).containsExactly("jvm.options", "rehearsal.jar");
    }

    @Test
    void endsWithItsContainer() throws Exception {
        rehearsal(SLOW);
        ClassArchive archive = archive("one");
        CompletableFuture<Void> made = CompletableFuture.runAsync(() -> archive.make(worker));
        org.awaitility.Awaitility.await()
                .until(() -> Files.isDirectory(home.resolve("one/run"))
                        && Files.list(home.resolve("one/run")).count() > 2);

        archive.close();

        made.get(20, TimeUnit.SECONDS);
        assertThat(files()).containsExactly("jvm.options", "rehearsal.jar");
    }
}
