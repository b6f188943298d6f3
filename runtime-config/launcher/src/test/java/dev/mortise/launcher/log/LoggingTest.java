// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;
import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.config.SettingsFolder;
import dev.mortise.launcher.config.SettingsReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

class LoggingTest {
    private static final String FORGED = "n\r\n2026-01-01T00:00:00.000Z INFO  [main] forged\u001b[2J\u2028more";

    private static final int LINES = 5_000;

    @TempDir
    private Path folder;

    @BeforeEach
    void configure() {
        Logging.configure(
                SettingsReader.read(Schema.shipped(), new SettingsFolder(folder), Map.of(), Map.of()), folder);
    }

    @AfterEach
    void forget() {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).reset();
    }

    @Test
    void neverBeginsALineWithWhatOthersWrote() throws IOException {
        Logger log = LoggerFactory.getLogger("some");
        log.info("Said: {}", FORGED);
        log.info("Thrown", new IllegalStateException(FORGED, new IllegalArgumentException(FORGED)));

        List<String> lines = Files.readAllLines(folder.resolve("mortise.log"));
        assertThat(lines.stream().filter(line -> !line.startsWith("\t")))
                .hasSize(2)
                .allMatch(line -> line.contains(" INFO  [") && !line.contains("forged"));
        assertThat(String.join("", lines))
                .doesNotContain("\u001b", "\u2028")
                .contains("Caused by: java.lang.IllegalArgument");
    }

    @Test
    void namesWhoseCallItIs() throws IOException {
        try (var plugin = MDC.putCloseable("plugin", "inventory")) {
            assertThat(plugin).isNotNull();
            LoggerFactory.getLogger("some").info("Tagged");
        }
        LoggerFactory.getLogger("some").info("Plain");

        assertThat(Files.readString(folder.resolve("mortise.log")))
                .contains("some [plugin=inventory] Tagged")
                .contains("some Plain");
    }

    @Test
    void writesRefusedCallsToAFileOfTheirOwnAndNothingElseThere() throws IOException {
        LoggerFactory.getLogger("mortise.refused").info("{\"code\":\"X\"}");
        LoggerFactory.getLogger("some").info("Other");

        assertThat(folder.resolve("refused.log")).hasContent("{\"code\":\"X\"}");
        assertThat(Files.readString(folder.resolve("mortise.log"))).doesNotContain("code");
    }

    @Test
    void writesAllCallsOnlyWhereThatIsSwitchedOn() throws IOException {
        Logger access = LoggerFactory.getLogger("mortise.access");
        access.info("off");
        assertThat(access.isInfoEnabled()).isFalse();
        assertThat(folder.resolve("access.log")).doesNotExist();

        forget();
        Logging.configure(
                SettingsReader.read(
                        Schema.shipped(), new SettingsFolder(folder), Map.of("MORTISE_LOG_ACCESS", "on"), Map.of()),
                folder);
        access.info("on");
        Logging.flush();

        assertThat(folder.resolve("access.log")).hasContent("on");
    }

    @Test
    void writesEveryLineOfManyThreadsOnce() throws Exception {
        Logging.configure(
                SettingsReader.read(
                        Schema.shipped(), new SettingsFolder(folder), Map.of("MORTISE_LOG_ACCESS", "on"), Map.of()),
                folder);
        Logger access = LoggerFactory.getLogger("mortise.access");
        List<Thread> threads = new ArrayList<>();
        for (int thread = 0; thread < 4; thread++) {
            String name = "thread " + thread + " line ";
            threads.add(new Thread(() -> IntStream.range(0, LINES).forEach(line -> access.info(name + line))));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        Logging.flush();

        List<String> lines = Files.readAllLines(folder.resolve("access.log"));
        assertThat(lines).hasSize(4 * LINES);
        for (int thread = 0; thread < 4; thread++) {
            String name = "thread " + thread + " line ";
            assertThat(lines.stream().filter(line -> line.startsWith(name)))
                    .containsExactlyElementsOf(IntStream.range(0, LINES)
                            .mapToObj(line -> name + line)
                            .toList());
        }
    }

    @Test
    void writesWhatWaitsWhenItIsStopped() {
        Logging.configure(
                SettingsReader.read(
                        Schema.shipped(), new SettingsFolder(folder), Map.of("MORTISE_LOG_ACCESS", "on"), Map.of()),
                folder);
        LoggerFactory.getLogger("mortise.access").info("last");

        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();

        assertThat(folder.resolve("access.log")).hasContent("last");
    }

    @Test
    void keepsNoLineOfACallToItselfForLong() {
        Logging.configure(
                SettingsReader.read(
                        Schema.shipped(), new SettingsFolder(folder), Map.of("MORTISE_LOG_ACCESS", "on"), Map.of()),
                folder);

        LoggerFactory.getLogger("mortise.access").info("soon");

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(folder.resolve("access.log")).hasContent("soon"));
    }
}
