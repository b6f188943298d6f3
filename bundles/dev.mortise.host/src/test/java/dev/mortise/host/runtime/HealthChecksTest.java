// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.leak.LeakVerdict;
import dev.mortise.host.platform.Diary;
import dev.mortise.host.runtime.Container.Started;
import dev.mortise.host.runtime.plugins.Plugins;
import dev.mortise.kernel.model.PluginId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class HealthChecksTest {
    @TempDir
    Path folder;

    private Container container;

    @BeforeEach
    void open() throws Exception {
        Diary.LINES.clear();
        Diary.health = "OK";
        container = new Container(folder, Duration.ofSeconds(10));
    }

    @AfterEach
    void close() throws Exception {
        Diary.health = "OK";
        container.close();
    }

    @Test
    void asksHealthAgainAndAgain() throws Exception {
        Diary.health = "WARN";
        Started one = container.start(plugin("one"), Plugins.Health.class);
        RunReport.Serving degraded = (RunReport.Serving) one.next();
        assertThat(degraded.contribution().degraded().orElseThrow().message())
                .isEqualTo("Plugin 'one' is DEGRADED: the diary says so.");

        Diary.health = "CRITICAL";
        until(() -> one.next() instanceof RunReport.Impaired);
        Diary.health = "OK";
        until(() -> one.next() instanceof RunReport.Serving serving
                && serving.contribution().degraded().isEmpty());
    }

    @Test
    void aCheckThatDoesNotAnswerMakesItsPluginUnavailableUntilItDoes() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Slow.class);
        one.awaitServing();

        Diary.health = "SLOW";
        RunReport.Impaired silent = (RunReport.Impaired) one.next();
        assertThat(silent.problem().message())
                .isEqualTo("Plugin 'one' is UNAVAILABLE: its health check did not answer within 500 ms.");
        assertThat(one.bundle().getState()).isEqualTo(Bundle.ACTIVE);

        Diary.health = "OK";
        one.awaitServing();
    }

    @Test
    void checksOfOnePluginNeverOverlapAndRunOnAThreadThatShowsWhoseTheyAre() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Slow.class);
        one.awaitServing();

        Diary.health = "SLOW";
        assertThat(one.next()).isInstanceOf(RunReport.Impaired.class);
        Diary.health = "OK";
        one.awaitServing();
        until(() -> Diary.LINES.size() > 20);

        assertThat(Diary.LINES.subList(1, 20)).containsOnly("asked 1 on mortise-plugin-one-health");
    }

    @Test
    void checksThatHangKeepNobodyElseWaiting() throws Exception {
        List<Started> hanging = IntStream.range(0, 12)
                .mapToObj(i -> container.start(plugin("hanging-" + i), Plugins.Deaf.class))
                .toList();
        for (Started one : hanging) {
            one.awaitServing();
        }
        Diary.health = "SLOW";
        for (Started one : hanging) {
            assertThat(one.next()).isInstanceOf(RunReport.Impaired.class);
        }

        Started one = container.start(plugin("one"), Plugins.Counting.class);
        one.awaitServing();
        until(() -> Diary.LINES.size() > 20);
    }

    @Test
    void aPluginWhoseCheckHangsEndsInOrderAndItsThreadIsFound() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Deaf.class, Plugins.Hooks.class);
        one.awaitServing();
        Bundle bundle = one.bundle();
        Diary.health = "SLOW";
        assertThat(one.next()).isInstanceOf(RunReport.Impaired.class);

        one.end();

        assertThat(Diary.LINES).contains("stop");
        assertThat(bundle.getState()).isEqualTo(Bundle.UNINSTALLED);
        assertThat(verdict("one").toString()).contains("mortise-plugin-one-health");
    }

    @Test
    void aCheckThatIsAskedWhileItsPluginEndsIsWaitedFor() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Slow.class);
        one.awaitServing();
        Diary.health = "SLOW";
        // One that is asked may still be about to answer what the diary said before.
        until(() -> healthThreads().anyMatch(thread -> thread.getState() == Thread.State.TIMED_WAITING));

        one.end();

        until(() -> Diary.LINES.get(Diary.LINES.size() - 1).equals("interrupted"));
        until(() -> healthThreads().findAny().isEmpty());
        assertThat(verdict("one")).isInstanceOf(LeakVerdict.Collected.class);
    }

    @Test
    void withoutChecksNoThreadIsThere() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Health.class);
        one.awaitServing();
        until(() -> workers().findAny().isPresent());

        one.end();

        until(() -> workers().findAny().isEmpty());
    }

    private LeakVerdict verdict(String id) {
        PluginId plugin = new PluginId(id);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> container.leaks.newest(plugin).isPresent());
        return container.leaks.newest(plugin).orElseThrow();
    }

    private static Stream<Thread> healthThreads() {
        return threads("mortise-plugin-one-health");
    }

    private static Stream<Thread> workers() {
        return threads("mortise-health-");
    }

    private static Stream<Thread> threads(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith(name));
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(condition);
    }
}
