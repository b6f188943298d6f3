// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class SettingsWatchTest {
    private final Schema schema = Schema.of(Map.of(
            "gateway",
            "# Calls. Allowed: 1 to 100. Counts at once.\ncalls = 8\n\n# A secret.\nsecret = a\n",
            "http",
            "# The port.\nport = 8080\n"));
    private final List<Settings> used = new CopyOnWriteArrayList<>();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger log = (Logger) LoggerFactory.getLogger(SettingsWatch.class);

    @TempDir
    Path etc;

    @TempDir
    Path beside;

    private SettingsWatch watch;

    @BeforeEach
    void begin() {
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
        watch = watch(source().first(), used::add);
    }

    private SettingsSource source() {
        return new SettingsSource(schema, new SettingsFolder(etc), Map.of("MORTISE_HTTP_PORT", "9"), Map.of());
    }

    private SettingsWatch watch(SettingsSource.First first, SettingsWatch.Target target) {
        return watch(first, target, Duration.ofMillis(20));
    }

    private SettingsWatch watch(SettingsSource.First first, SettingsWatch.Target target, Duration period) {
        return new SettingsWatch(source(), first, target, period);
    }

    @AfterEach
    void end() {
        watch.close();
        log.detachAppender(lines);
    }

    @Test
    void handsOnWhatCountsAtOnce() throws IOException {
        write("gateway", "calls = 20");

        await().until(() -> !used.isEmpty());
        assertThat(used.get(0).get("gateway", "calls")).isEqualTo("20");
        await().until(() -> told(Level.INFO).contains("gateway.calls changed from 8 to 20"));

        write("gateway", "");

        await().until(() -> used.size() == 2);
        assertThat(used.get(1).get("gateway", "calls")).isEqualTo("8");
    }

    @Test
    void noticesWhatWasWrittenWhileTheContainerStarted() throws IOException {
        watch.close();
        SettingsSource.First first = source().first();
        write("gateway", "calls = 20");

        watch = watch(first, used::add);

        await().until(() -> !used.isEmpty());
        assertThat(used.get(0).get("gateway", "calls")).isEqualTo("20");
    }

    @Test
    void leavesAFileAloneWhileItIsBeingWritten() throws IOException {
        watch.close();
        watch = watch(source().first(), used::add, Duration.ofSeconds(1));
        long end = System.nanoTime() + Duration.ofMillis(2_500).toNanos();
        for (int i = 0; System.nanoTime() < end; i++) {
            // With the number: no two looks may find the same by chance.
            write("gateway", "# " + i + "\ncalls = " + (1 + i % 90));
        }

        write("gateway", "calls = 99");

        await().until(() -> !used.isEmpty());
        assertThat(used.get(0).get("gateway", "calls")).isEqualTo("99");
    }

    @Test
    void triesAgainWhatCouldNotBeHandedOn() throws IOException {
        watch.close();
        AtomicInteger tries = new AtomicInteger();
        watch = watch(source().first(), settings -> {
            if (tries.incrementAndGet() < 3) {
                throw new IOException("The disk is full.");
            }
            used.add(settings);
        });

        write("gateway", "calls = 20");

        await().until(() -> told(Level.INFO).contains("gateway.calls changed from 8 to 20"));
        assertThat(used).hasSize(1);
        assertThat(told(Level.ERROR))
                .containsExactly("The settings could not be changed; that is tried again every second");
    }

    @Test
    void namesWhatWaitsForAStartAndNotItsValue() throws IOException {
        write("gateway", "calls = 20\nsecret = hidden");

        await().until(() -> !used.isEmpty());
        assertThat(used.get(0).get("gateway", "calls")).isEqualTo("20");
        assertThat(used.get(0).get("gateway", "secret")).isEqualTo("a");
        await().until(() -> told(Level.WARN).contains("gateway.secret changed; it counts from the next start on"));
        assertThat(lines.list).noneMatch(line -> line.getFormattedMessage().contains("hidden"));
    }

    @Test
    void leavesEverythingAsItWasWhenSomethingIsWrong() throws IOException {
        write("gateway", "calls = 101");
        await().until(() -> told(Level.ERROR)
                .contains("Key 'calls' in '" + etc.resolve("gateway.properties")
                        + "' is '101', but must be a whole number from 1 to 100. The settings stay as they were"));

        write("gateway", "calls = 20\nsecrets = b");
        await().until(() -> told(Level.ERROR).stream().anyMatch(line -> line.contains("Unknown key 'secrets'")));
        assertThat(used).isEmpty();

        write("gateway", "calls = 20");
        await().until(() -> !used.isEmpty());
        assertThat(used.get(0).get("gateway", "calls")).isEqualTo("20");
    }

    @Test
    void saysAMistakeOnce() throws IOException {
        write("gateway", "calls = x");
        await().until(() -> !told(Level.ERROR).isEmpty());
        write("http", "port = 1");
        await().until(() -> told(Level.ERROR).size() == 2);

        assertThat(told(Level.ERROR)).allMatch(line -> line.contains("'calls'"));
    }

    @Test
    void theEnvironmentBeatsAFileAsAtAStart() throws IOException {
        write("http", "port = 1");

        await().until(() -> !used.isEmpty());
        assertThat(used.get(0).get("http", "port")).isEqualTo("9");
        assertThat(told(Level.WARN)).isEmpty();
    }

    private List<String> told(Level level) {
        return lines.list.stream()
                .filter(line -> line.getLevel() == level)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    /** In one step: between two of them a busy machine may leave a file empty for longer than two looks. */
    private void write(String concern, String text) throws IOException {
        Path next = Files.writeString(beside.resolve("next"), text);
        Files.move(next, etc.resolve(concern + ".properties"), StandardCopyOption.ATOMIC_MOVE);
    }
}
