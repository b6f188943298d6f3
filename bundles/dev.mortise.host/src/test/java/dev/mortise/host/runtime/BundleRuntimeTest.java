// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.http.Route;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.platform.Diary;
import dev.mortise.host.platform.Greeter;
import dev.mortise.host.runtime.Container.Started;
import dev.mortise.host.runtime.plugins.Plugins;
import dev.mortise.kernel.port.PluginServices;
import dev.mortise.kernel.port.PluginServices.Offer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;

class BundleRuntimeTest {
    @TempDir
    Path folder;

    private Container container;
    private final List<String> closed = new ArrayList<>();
    private final PluginServices greeters = scope -> {
        String id = scope.manifest().id().value();
        return List.of(new Offer<>(Greeter.class, () -> "greeter of " + id, Map.of(), () -> closed.add(id)));
    };

    @BeforeEach
    void open() throws Exception {
        Diary.LINES.clear();
        Diary.health = "OK";
        container = new Container(folder, Duration.ofSeconds(10));
        container.suppliers.add(greeters);
    }

    @AfterEach
    void close() throws Exception {
        container.close();
    }

    @Test
    void startsAPluginOnThreadsOfItsOwn() throws Exception {
        Started one = container.start(plugin("one").offers("one.things", "1.0.0", "GET /things"), Plugins.Things.class);

        RunReport.Serving serving = (RunReport.Serving) one.next();
        assertThat(serving.contribution().routes()).extracting(Route::path).containsExactly("/things");
        assertThat(Diary.LINES).containsExactly("routes on mortise-plugin-one-1, loader is mine: true");
        assertThat(one.bundle().getState()).isEqualTo(Bundle.ACTIVE);
    }

    @Test
    void givesEachPluginItsOwnServicesAndHidesAllOthers() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Things.class, Plugins.Nosy.class);
        one.awaitServing();
        Started two = container.start(plugin("two"), Plugins.Greetings.class, Plugins.Nosy.class);
        two.awaitServing();

        assertThat(Diary.LINES)
                .contains("activated with greeter of two, context true")
                .filteredOn(line -> line.startsWith("sees"))
                .containsOnly("sees 1 greeters and 1 route providers");
    }

    @Test
    void hidesTheOtherVersionOfTheSamePlugin() throws Exception {
        container.start(plugin("one"), Plugins.Greetings.class).awaitServing();
        Started next = container.start(plugin("one").version("1.1.0"), Plugins.Greetings.class, Plugins.Nosy.class);
        next.awaitServing();

        assertThat(Diary.LINES).contains("sees 1 greeters and 1 route providers");
        assertThat(container.pluginBundles()).isEqualTo(2);
    }

    @Test
    void migratesBeforeTheServicesComeThatNeedTheTables() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Tables.class, Plugins.NeedsTables.class);
        one.awaitServing();

        assertThat(container.migrated).containsExactly("one:create");
        assertThat(Diary.LINES).containsExactly("migrations", "tables are there");
    }

    @Test
    void namesTheServiceThatAComponentWaitsFor() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Lonely.class);

        assertThat(one.failure())
                .isEqualTo("Component 'dev.mortise.host.runtime.plugins.Plugins$Lonely' of plugin 'one' waits for"
                        + " service 'java.lang.Runnable' (reference 'nobody'), which is not there.");
        one.end();
        assertThat(container.pluginBundles()).isZero();
    }

    @Test
    void saysWhatAComponentThrew() throws Exception {
        assertThat(container.start(plugin("one"), Plugins.Throwing.class).failure())
                .endsWith("Plugins$Throwing' of plugin 'one' failed to activate:"
                        + " java.lang.IllegalStateException: no luck today.");
        assertThat(container.start(plugin("two"), Plugins.ThrowingLate.class).failure())
                .endsWith("Plugins$ThrowingLate' of plugin 'two' failed to activate:"
                        + " java.lang.IllegalStateException: no luck later.");
    }

    @Test
    void namesThePackageThatNobodyExports() throws Exception {
        Started one = container.start(
                plugin("one"),
                plugin("one")
                        .jar()
                        .withHeader("Import-Package", "com.acme.lib;version=\"[1.2,2)\",org.osgi.framework"));
        assertThat(one.failure())
                .isEqualTo("Plugin 'one' can't be resolved: no bundle exports package com.acme.lib [1.2.0,2.0.0).");

        Started two = container.start(
                plugin("two"),
                plugin("two").jar().withHeader("Import-Package", "dev.mortise.api.http;version=\"[7,8)\""));
        assertThat(two.failure())
                .isEqualTo("Plugin 'two' can't be resolved: no bundle exports package dev.mortise.api.http"
                        + " [7.0.0,8.0.0); there is 1.0.0 of org.apache.felix.framework.");
    }

    @Test
    void namesTheEndpointThatHasNoRoute() throws Exception {
        Started one = container.start(
                plugin("one").offers("one.things", "1.0.0", "GET /things", "POST /things"), Plugins.Things.class);

        assertThat(one.failure())
                .isEqualTo("Plugin 'one' declares endpoints that no route realises: POST /things of service"
                        + " 'one.things'.");
    }

    @Test
    void givesUpWhatDoesNotComeBackAndStartsItsMendedVersion() throws Exception {
        container.close();
        container = new Container(folder.resolve("other"), Duration.ofSeconds(3));
        // its thread is there as long as this process: under a name that no other test looks for
        Started one = container.start(
                plugin("deaf"),
                plugin("deaf")
                        .jar()
                        .withClasses(Plugins.Hanging.class)
                        .withHeader("Bundle-Activator", Plugins.Hanging.class.getName()));

        assertThat(one.failure())
                .isEqualTo("Plugin 'deaf' did not come back: activation of plugin 'deaf' took longer than 3 s.");
        one.end();
        container.start(plugin("deaf").version("1.0.1"), Plugins.Things.class).awaitServing();
        container.start(plugin("two"), Plugins.Things.class).awaitServing();
        assertThat(container.pluginBundles()).isEqualTo(3);
    }

    @Test
    void callsTheHooksAndLeavesNothingBehind() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Hooks.class);
        one.awaitServing();
        Bundle bundle = one.bundle();
        one.end();

        assertThat(Diary.LINES).containsExactly("initialize, executor runs on mortise-plugin-one-n", "stop");
        assertThat(bundle.getState()).isEqualTo(Bundle.UNINSTALLED);
        assertThat(closed).containsExactly("one");
        assertThat(container.context.getServiceReferences(Greeter.class, null)).isEmpty();
        await().atMost(Duration.ofSeconds(10)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().startsWith("mortise-plugin-one-")));
    }

    @Test
    void refusesTheStartThatInitializeRefuses() throws Exception {
        assertThat(container.start(plugin("one"), Plugins.Refusing.class).failure())
                .isEqualTo("Plugin 'one' did not start: IllegalArgumentException: the currency is missing.");
    }

    @Test
    void goesOnWithoutAHookThatDoesNotLetGo() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Clinging.class);
        one.awaitServing();

        one.end();

        assertThat(one.running.retire().toCompletableFuture()).isCompleted();
    }

    @Test
    void doesNotStartWhatIsUnavailable() throws Exception {
        Diary.health = "CRITICAL";

        assertThat(container.start(plugin("one"), Plugins.Health.class).failure())
                .isEqualTo("Plugin 'one' is UNAVAILABLE: the diary says so.");
    }

    @Test
    void waitsForOneThatIsUnavailableForAWhile() throws Exception {
        Diary.health = "TEMPORARILY_UNAVAILABLE";
        Started one = container.start(plugin("one"), Plugins.Health.class);
        await().pollDelay(Duration.ofMillis(600)).until(() -> true);
        Diary.health = "OK";

        one.awaitServing();
    }

    @Test
    void isImpairedWhileASupplierIsAway() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Greetings.class);
        one.awaitServing();

        container.suppliers.remove(greeters);
        container.runtime.supplierWent(greeters);
        RunReport.Impaired impaired = (RunReport.Impaired) one.next();
        assertThat(impaired.problem().message()).contains("waits for service '" + Greeter.class.getName() + "'");

        container.runtime.supplierCame(greeters);
        await().atMost(Duration.ofSeconds(10)).until(() -> one.next() instanceof RunReport.Serving);
    }

    @Test
    void tellsWhenSomebodyStopsItFromOutside() throws Exception {
        Started one = container.start(plugin("one"), Plugins.Things.class);
        one.awaitServing();

        one.bundle().stop();

        await().atMost(Duration.ofSeconds(10))
                .until(() -> one.next() instanceof RunReport.Failed failed
                        && failed.problem().message().equals("Plugin 'one' was stopped from outside Mortise."));
    }
}
