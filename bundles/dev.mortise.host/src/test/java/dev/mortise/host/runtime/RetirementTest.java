// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.host.leak.LeakVerdict;
import dev.mortise.host.leak.leaks.Leaks;
import dev.mortise.host.platform.Diary;
import dev.mortise.host.platform.Greeter;
import dev.mortise.host.runtime.Container.Started;
import dev.mortise.host.runtime.plugins.Forgetful;
import dev.mortise.host.runtime.plugins.Plugins;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginServices.Offer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetirementTest {
    private static final String LEAKS = Leaks.class.getName();

    @TempDir
    Path folder;

    private Container container;

    @BeforeEach
    void open() throws Exception {
        Diary.LINES.clear();
        Diary.health = "OK";
        container = new Container(folder, Duration.ofSeconds(10));
        container.suppliers.add(scope -> List.of(new Offer<>(Greeter.class, () -> "hello", Map.of(), () -> {})));
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable left : Diary.LEFT) {
            left.close();
        }
        Diary.LEFT.clear();
        container.close();
    }

    @Test
    void leavesNothingOfAPluginThatBehaves() throws Exception {
        Started one = container.start(
                plugin("one"),
                Plugins.Things.class,
                Plugins.Greetings.class,
                Plugins.Tables.class,
                Plugins.NeedsTables.class,
                Plugins.Hooks.class,
                Plugins.Health.class);
        one.awaitServing();
        one.end();

        assertThat(verdict("one")).isInstanceOf(LeakVerdict.Collected.class);
    }

    @Test
    void leavesNothingOfAPluginThatDidNotStart() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Throwing.class, Plugins.Things.class);
        assertThat(one.failure()).contains("no luck today");
        one.end();

        assertThat(verdict("one")).isInstanceOf(LeakVerdict.Collected.class);
    }

    @Test
    void namesEverythingThatAPluginLeftBehind() throws Exception {
        Started one = container.start(plugin("one"), plugin("one").jar().withClasses(Forgetful.class, Leaks.class));
        one.awaitServing();
        one.end();

        LeakVerdict verdict = verdict("one");
        assertThat(verdict.verdict()).isEqualTo("leaked");
        assertThat(verdict.holders())
                .anyMatch(holder -> holder.startsWith("thread 'inventory-poller' (its task " + LEAKS + "$Task"))
                .contains("timer 'inventory-timer' (its task " + LEAKS + "$Tasks)")
                .contains("DriverManager (driver " + LEAKS + "$OwnDriver)")
                .anyMatch(holder -> holder.startsWith("shutdown hook 'inventory-farewell' (its task " + LEAKS))
                .contains("MBean 'com.acme:type=Stock' (" + LEAKS + "$Stock)");
    }

    @Test
    void namesWhatAPluginRunsThatDoesNotEnd() throws Exception {
        container.close();
        container = new Container(folder.resolve("hasty"), Duration.ofSeconds(2));
        Started one = container.start(
                plugin("deaf"),
                plugin("deaf")
                        .jar()
                        .withClasses(Plugins.Hanging.class)
                        .withHeader("Bundle-Activator", Plugins.Hanging.class.getName()));
        assertThat(one.failure()).contains("did not come back");

        LeakVerdict verdict = verdict("deaf");
        assertThat(verdict.verdict()).startsWith("abandoned: ");
        assertThat(verdict.holders()).anyMatch(holder -> holder.startsWith("thread 'mortise-plugin-deaf-1'"));
    }

    private LeakVerdict verdict(String id) {
        PluginId plugin = new PluginId(id);
        await().atMost(Duration.ofSeconds(20))
                .until(() -> container.leaks.newest(plugin).isPresent());
        return container.leaks.newest(plugin).orElseThrow();
    }
}
