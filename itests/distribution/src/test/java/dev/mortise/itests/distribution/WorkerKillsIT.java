// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.itests.harness.load.Call;
import dev.mortise.itests.harness.load.LoadClient;
import dev.mortise.itests.harness.load.LoadFigures;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The process of a plugin is killed again and again while it is called 500 times a second, and written to beside. */
@Tag("timed")
final class WorkerKillsIT {
    private static final Product PRODUCT = Product.find();
    private static final int KILLS = Integer.getInteger("test.faults", 2);
    private static final Duration BACK = Duration.ofSeconds(3);
    /** A process that was ready for so long begins to count its crashes anew. */
    private static final Duration FORGOTTEN = Duration.ofSeconds(1);
    /** Connections of the load: no more calls of readers can be in a process when it is killed. */
    private static final int IN_FLIGHT = 8;

    private static final String ENTRIES = "/api/v1/p/journal/entries/";

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    private Client client;
    private Path journal;

    @BeforeEach
    void start() throws Exception {
        Path home = folder.resolve("home");
        // each time counts as the first one: this is no plugin that crashes by itself
        Files.writeString(
                Files.createDirectories(home.resolve("etc")).resolve("workers.properties"),
                "restart.reset.seconds = " + FORGOTTEN.toSeconds() + "\n");
        container = Container.start(PRODUCT, home).awaitReady();
        client = container.client();
        journal = Files.createFile(folder.resolve("journal"));
        // the process may be another user
        Files.setPosixFilePermissions(journal, PosixFilePermissions.fromString("rw-rw-rw-"));
        container.drop(jar(), "journal.jar");
        container.awaitState("journal", "READY");
    }

    private Path jar() throws Exception {
        try (InputStream script = Objects.requireNonNull(WorkerKillsIT.class.getResourceAsStream("journal.js"))) {
            return plugin("journal")
                    .offers("journal.entries", "1.0.0", "GET /entries/{id}", "POST /entries/{id}")
                    .with("runtime", Map.of("locations", List.of("worker"), "command", List.of("node", "journal.js")))
                    .jar()
                    .withEntry("worker/journal.js", script.readAllBytes())
                    .withEntry("worker/journal.path", journal.toString())
                    .writeTo(folder.resolve("journal.jar"));
        }
    }

    private long pid() {
        return container
                .admin()
                .get("/api/v1/workers")
                .json()
                .at("/workers/0/pid")
                .asLong();
    }

    private boolean answers(long before) {
        long now = pid();
        return now != 0 && now != before && client.get(ENTRIES + "probe").status() == 200;
    }

    /** Kills the process that answers now; answers how long it takes until the next one does. */
    private Duration kill(LoadClient load) {
        long ready = System.nanoTime();
        int served = load.figures().requests();
        Wait.until("answers", () -> load.figures().requests() > served + 700);
        Wait.until(
                "it begins anew",
                () -> System.nanoTime() - ready > FORGOTTEN.multipliedBy(2).toNanos());
        long before = pid();

        ProcessHandle.of(before).orElseThrow().destroyForcibly();
        long killed = System.nanoTime();
        Wait.until("the next process", () -> answers(before));
        return Duration.ofNanos(System.nanoTime() - killed);
    }

    @Test
    void onlyCallsInFlightAreLostAndNothingIsWrittenTwice() throws Exception {
        Call call = Call.get(client, ENTRIES + "read")
                .expecting(answer -> answer.json().path("id").asText().equals("read"));
        List<Duration> back = new ArrayList<>();
        try (Writers writers = Writers.start(client, ENTRIES);
                LoadClient load = LoadClient.start(call)) {
            for (int kills = 0; kills < KILLS; kills++) {
                back.add(kill(load));
            }
            LoadFigures figures = load.end();
            writers.close();

            System.out.printf(
                    "%d kills: back after %s ms, readers: %s, writers: %s, of which never sent: %d%n",
                    KILLS,
                    back.stream().map(Duration::toMillis).toList(),
                    figures,
                    writers.statuses(),
                    writers.unsent().size());
            // those in flight are repeated once, as far as the budget of retries goes
            assertThat(figures.failures().keySet()).isSubsetOf("503 SERVICE_UNAVAILABLE");
            assertThat(figures.failed()).isLessThanOrEqualTo(KILLS * IN_FLIGHT);
            assertThat(writers.statuses().keySet()).isSubsetOf(200, 503);
            List<String> written = Files.readAllLines(journal);
            assertThat(written).doesNotHaveDuplicates().containsAll(writers.answered());
            assertThat(writers.unsent()).as("told to come again").doesNotContainAnyElementsOf(written);
            // who was not answered may have been heard; the others were not sent, or not heard of
            assertThat(writers.answered().size() + writers.statuses().getOrDefault(503, 0))
                    .isGreaterThanOrEqualTo(written.size());
            assertThat(back).allMatch(time -> time.compareTo(BACK) < 0);
        }
    }
}
