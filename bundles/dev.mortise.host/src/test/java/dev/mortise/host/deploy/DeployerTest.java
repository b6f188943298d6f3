// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.World.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.World.Sketch;
import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class DeployerTest {
    private static final Sketch INVENTORY = plugin("inventory", "1.0.0").offers("inventory.products", "1.0.0");
    private static final Sketch REPORTS = plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0");

    private final World world = new World();

    @Test
    void startsWhatIsDropped() {
        world.drop("i.jar", INVENTORY).settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("i.jar"))
                .isEqualTo("DEPLOYED: inventory 1.0.0 " + INVENTORY.artifact().digest());
        assertThat(world.route("inventory").routes()).hasSize(1);
        assertThat(world.snapshot.generation()).isEqualTo(1);
    }

    @Test
    void startsProvidersFirst() {
        world.drop("a.jar", plugin("aa", "1.0.0").needs("zz.things", "*"))
                .drop("z.jar", plugin("zz", "1.0.0").offers("zz.things", "3.0.0"))
                .settle();

        assertThat(world.events).startsWith("start zz 1.0.0", "start aa 1.0.0");
        assertThat(world.state("aa")).isEqualTo("1.0.0 READY");
    }

    @Test
    void letsAPluginWaitForItsProviderAndStartsItByItself() {
        world.drop("r.jar", REPORTS).settle();

        String sentence = "Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports': no plugin"
                + " offers it. Deploy plugin 'inventory'.";
        assertThat(world.state("reports")).isEqualTo("1.0.0 WAITING");
        assertThat(world.reason("reports")).isEqualTo(sentence);
        assertThat(world.marker("r.jar")).isEqualTo("WAITING: " + sentence);
        assertThat(world.route("reports").state()).isEqualTo(PluginState.WAITING);
        assertThat(world.route("reports").reason()).isEqualTo(sentence);

        world.drop("i.jar", INVENTORY).settle();

        assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        assertThat(world.marker("r.jar")).startsWith("DEPLOYED: reports 1.0.0 ");
    }

    @Test
    void refusesACircle() {
        world.drop(
                        "a.jar",
                        plugin("plugin-a", "1.0.0")
                                .offers("plugin-a.s", "1.0.0")
                                .needs("plugin-b.s", "*"))
                .drop(
                        "b.jar",
                        plugin("plugin-b", "1.0.0")
                                .offers("plugin-b.s", "1.0.0")
                                .needs("plugin-c.s", "*"))
                .drop(
                        "c.jar",
                        plugin("plugin-c", "1.0.0")
                                .offers("plugin-c.s", "1.0.0")
                                .needs("plugin-a.s", "*"))
                .settle();

        assertThat(world.marker("b.jar"))
                .isEqualTo("FAILED: Circular dependency detected: plugin-a -> plugin-b -> plugin-c -> plugin-a");
        assertThat(world.state("plugin-c")).isEqualTo("1.0.0 REJECTED");
        assertThat(world.events).isEmpty();

        world.delete("b.jar")
                .drop("b2.jar", plugin("plugin-b", "1.0.1").offers("plugin-b.s", "1.0.0"))
                .settle();

        assertThat(world.state("plugin-a")).isEqualTo("1.0.0 READY");
    }

    @Test
    void startsOnlySoManyAtOnceAndLeavesHangingOnesBehind() {
        world.automatic = false;
        for (int i = 0; i < 6; i++) {
            world.drop(i + ".jar", plugin("p" + i, "1.0.0"));
        }
        world.settle();
        assertThat(world.runs).hasSize(4);

        world.runs.get("p0 1.0.0").stands();
        world.run();
        assertThat(world.runs).hasSize(5);

        world.advance(Duration.ofMillis(500));
        world.run();
        assertThat(world.runs).hasSize(6);
    }

    @Nested
    class WhenAPluginIsUpdated {
        private final Sketch next = plugin("inventory", "1.1.0").offers("inventory.products", "1.1.0");

        @Test
        void startsTheNewVersionBesideTheOldAndSwitchesOnce() {
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
            world.automatic = false;
            world.changes.clear();
            world.events.clear();

            world.drop("i.jar", next).settle();
            assertThat(world.route("inventory").manifest().version()).hasToString("1.0.0");
            assertThat(world.events).containsExactly("start inventory 1.1.0");

            world.runs.get("inventory 1.1.0").stands();
            world.run();

            assertThat(world.changes).hasSize(1);
            assertThat(world.route("inventory").manifest().version()).hasToString("1.1.0");
            assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
            assertThat(world.events)
                    .containsExactly("start inventory 1.1.0", "drain inventory 1.0.0", "retire inventory 1.0.0");
        }

        @Test
        void waitsForTheCallsOfTheOldVersion() {
            CompletableFuture<Void> calls = new CompletableFuture<>();
            world.calls.put(INVENTORY.artifact().identity(), calls);
            world.drop("i.jar", INVENTORY).settle();
            world.drop("i.jar", next).settle();
            assertThat(world.events).doesNotContain("retire inventory 1.0.0");

            calls.complete(null);
            world.run();

            assertThat(world.events).contains("retire inventory 1.0.0");
            assertThat(world.snapshot.plugins().get(new PluginId("inventory"))).hasSize(1);
        }

        @Test
        void keepsTheOldVersionWhenTheNewOneFails() {
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
            world.automatic = false;
            world.drop("i2.jar", next).settle();

            world.runs.get("inventory 1.1.0").fails("It broke.");
            world.runs.get("inventory 1.1.0").retired.complete(null);
            world.run();

            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
            assertThat(world.marker("i2.jar")).isEqualTo("FAILED: It broke.");
            assertThat(world.marker("i.jar")).startsWith("DEPLOYED: inventory 1.0.0");
        }

        @Test
        void keepsTheOldVersionWhenItsFileWasReplacedByABadOne() {
            world.drop("i.jar", INVENTORY).settle();

            world.dropBad("i.jar", next).settle();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.marker("i.jar")).isEqualTo("FAILED: i.jar is bad.");

            world.put("i.jar", Condition.INCOMING, "i.jar is still arriving").settle();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.marker("i.jar")).isEqualTo("none");

            world.put("i.jar", Condition.REJECTED, "i.jar is not a zip file.").settle();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.marker("i.jar")).isEqualTo("FAILED: i.jar is not a zip file.");

            world.delete("i.jar").settle();
            assertThat(world.state("inventory")).isEqualTo("none");
        }

        @Test
        void supersedesTheLowerOneAndReturnsToItWhenTheHigherIsRemoved() {
            world.drop("i.jar", INVENTORY).drop("i2.jar", next).settle();
            assertThat(world.marker("i.jar")).isEqualTo("SUPERSEDED: inventory 1.0.0 is superseded by 1.1.0.");

            world.delete("i2.jar").settle();

            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.marker("i.jar")).startsWith("DEPLOYED: inventory 1.0.0");
        }

        @Test
        void prefersAReleaseToAPreRelease() {
            world.drop("i.jar", INVENTORY)
                    .drop("i2.jar", plugin("inventory", "2.0.0-rc.1"))
                    .settle();

            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.marker("i2.jar")).startsWith("SUPERSEDED");
        }

        @Test
        void refusesOneThatWouldBreakWhatRunsUntilThatIsUpdatedToo() {
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();

            world.drop("i2.jar", plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0"))
                    .settle();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.marker("i2.jar"))
                    .isEqualTo("FAILED: inventory 2.0.0 is refused because it would break reports 1.0.0, which runs:"
                            + " Version mismatch for inventory.products: requires ^1.0.0, installed 2.0.0. Deploy"
                            + " inventory.products 1.x or relax the range in plugin 'reports'.");

            world.changes.clear();
            world.drop("r2.jar", plugin("reports", "2.0.0").needs("inventory.products", "^2.0.0"))
                    .settle();
            assertThat(world.state("inventory")).isEqualTo("2.0.0 READY");
            assertThat(world.state("reports")).isEqualTo("2.0.0 READY");
        }

        @Test
        void switchesPluginsTogetherThatNeedEachOthersNewVersions() {
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
            world.automatic = false;
            world.drop("i.jar", plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0"))
                    .drop("r.jar", plugin("reports", "2.0.0").needs("inventory.products", "^2.0.0"))
                    .settle();

            world.runs.get("inventory 2.0.0").stands();
            world.run();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");

            world.changes.clear();
            world.runs.get("reports 2.0.0").stands();
            world.run();
            assertThat(world.changes).hasSize(1);
            assertThat(world.state("inventory")).isEqualTo("2.0.0 READY");
            assertThat(world.state("reports")).isEqualTo("2.0.0 READY");
        }

        @Test
        void leavesBothAsTheyAreWhenOneOfThemFails() {
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
            world.automatic = false;
            world.drop("i.jar", plugin("inventory", "2.0.0").offers("inventory.products", "2.0.0"))
                    .drop("r.jar", plugin("reports", "2.0.0").needs("inventory.products", "^2.0.0"))
                    .settle();
            world.runs.get("inventory 2.0.0").stands();
            world.run();
            world.automatic = true;

            world.runs.get("reports 2.0.0").fails("It broke.");
            world.run();

            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
            assertThat(world.events).contains("retire inventory 2.0.0");
            assertThat(world.marker("i.jar")).startsWith("FAILED: inventory 2.0.0 is refused because it would break");
        }

        @Test
        void refusesOtherContentOfARunningRelease() {
            world.drop("i.jar", INVENTORY).settle();
            world.drop("i.jar", INVENTORY.with("other")).settle();

            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.marker("i.jar"))
                    .isEqualTo("FAILED: inventory 1.0.0 is already here with other content (sha256 "
                            + INVENTORY.artifact().digest().shortHex() + "…). Raise the version.");
        }

        @Test
        void refusesTheSecondOfTwoFilesWithOneReleaseAndDifferentContent() {
            world.drop("b.jar", INVENTORY)
                    .drop("a.jar", INVENTORY.with("other"))
                    .settle();

            assertThat(world.marker("b.jar")).startsWith("DEPLOYED");
            assertThat(world.marker("a.jar")).startsWith("FAILED: inventory 1.0.0 is already here with other content");
            assertThat(world.markers.get(java.nio.file.Path.of("a.jar")).lines().get(1))
                    .contains(
                            "in b.jar",
                            "a.jar has sha256 "
                                    + INVENTORY.with("other").artifact().digest());
        }

        @Test
        void replacesThePreReleaseOfTheSameVersion() {
            Sketch snapshot = plugin("inventory", "1.0.0-SNAPSHOT");
            world.drop("i.jar", snapshot).settle();
            world.events.clear();
            world.drop("i.jar", snapshot.with("other")).settle();

            assertThat(world.events)
                    .containsExactly(
                            "start inventory 1.0.0-SNAPSHOT",
                            "drain inventory 1.0.0-SNAPSHOT",
                            "retire inventory 1.0.0-SNAPSHOT");
            assertThat(world.route("inventory").digest())
                    .isEqualTo(snapshot.with("other").artifact().digest());
        }

        @Test
        void doesNotLetANewPluginTakeTheNameOfAServiceThatIsOffered() {
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
            world.drop("a.jar", plugin("aaa", "1.0.0").offers("inventory.products", "1.0.0"))
                    .settle();

            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
            assertThat(world.marker("a.jar")).startsWith("FAILED: aaa 1.0.0 is refused because it would break");
        }

        @Test
        void dropsAStartThatIsNoLongerWanted() {
            world.automatic = false;
            world.drop("i.jar", INVENTORY).settle();
            world.delete("i.jar").settle();
            world.runs.get("inventory 1.0.0").stands();
            world.runs.get("inventory 1.0.0").retired.complete(null);
            world.run();

            assertThat(world.state("inventory")).isEqualTo("none");
            assertThat(world.routed).isEmpty();
        }
    }

    @Nested
    class WhenAProviderGoes {
        @Test
        void letsItsDependentsWaitInTheSameChangeAndBringsThemBackWithoutARestart() {
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
            world.changes.clear();
            world.events.clear();

            world.delete("i.jar").settle();

            assertThat(world.changes).hasSize(1);
            assertThat(world.route("reports").state()).isEqualTo(PluginState.WAITING);
            assertThat(world.route("reports").reason()).startsWith("Missing required dependency 'inventory.products'");
            assertThat(world.events).containsExactly("drain inventory 1.0.0", "retire inventory 1.0.0");

            world.drop("i.jar", INVENTORY).settle();
            assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
            assertThat(world.route("reports").routes()).hasSize(1);
            assertThat(world.events).containsOnlyOnce("start inventory 1.0.0").doesNotContain("start reports 1.0.0");
        }

        @Test
        void waitsAlongAChain() {
            world.drop("i.jar", INVENTORY)
                    .drop("r.jar", REPORTS.offers("reports.generator", "1.0.0"))
                    .drop("m.jar", plugin("mailer", "1.0.0").needs("reports.generator", "*"))
                    .settle();
            world.delete("i.jar").settle();

            assertThat(world.state("mailer")).isEqualTo("1.0.0 WAITING");
            assertThat(world.reason("mailer"))
                    .startsWith("Required dependency 'reports.generator' (*) of plugin 'mailer' is not served:"
                            + " plugin 'reports' is WAITING.");
        }

        @Test
        void servesOnWithoutAnOptionalOne() {
            world.drop("r.jar", REPORTS.needs("crm.contacts", "^1.0.0", false))
                    .drop("i.jar", INVENTORY)
                    .settle();

            assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
            assertThat(world.snapshot
                            .speaker(new PluginId("reports"))
                            .orElseThrow()
                            .warnings())
                    .containsExactly("Optional dependency 'crm.contacts' (^1.0.0) of plugin 'reports' is not wired:"
                            + " no plugin offers it.");
        }

        @Test
        void doesNotBringALowerVersionUpWhileThereIsNoProvider() {
            world.drop("i.jar", INVENTORY)
                    .drop("r.jar", plugin("reports", "0.9.0"))
                    .drop("r2.jar", REPORTS)
                    .settle();
            world.delete("i.jar").settle();

            assertThat(world.state("reports")).isEqualTo("1.0.0 WAITING");
        }
    }

    @Nested
    class WhenAPluginIsUnwell {
        private final Problem problem = new Problem.HealthProblem("It is unwell.", "Heal it.");

        @Test
        void isNotCalledWhileItIsImpaired() {
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
            World.Run run = world.runs.get("inventory 1.0.0");

            run.reports.accept(new RunReport.Impaired(problem));
            world.run();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 WAITING");
            assertThat(world.reason("inventory")).isEqualTo("It is unwell.");
            assertThat(world.route("inventory").routes()).isEmpty();
            assertThat(world.reason("reports"))
                    .isEqualTo("Required dependency 'inventory.products' (^1.0.0) of plugin 'reports' is not served:"
                            + " plugin 'inventory' is WAITING. It is unwell.");

            run.reports.accept(new RunReport.Serving(World.contribution(Optional.empty())));
            world.run();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        }

        @Test
        void servesWhileItIsDegraded() {
            world.drop("i.jar", INVENTORY).settle();
            world.runs
                    .get("inventory 1.0.0")
                    .reports
                    .accept(new RunReport.Serving(World.contribution(Optional.of(problem))));
            world.run();

            assertThat(world.state("inventory")).isEqualTo("1.0.0 DEGRADED");
            assertThat(world.route("inventory").routes()).hasSize(1);
        }

        @Test
        void isFailedAndTriedAgainByCommand() {
            world.automatic = false;
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
            world.runs.get("inventory 1.0.0").fails("It broke.");
            world.runs.get("inventory 1.0.0").retired.complete(null);
            world.run();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 FAILED");
            assertThat(world.reason("reports")).contains("plugin 'inventory' is FAILED. It broke.");
            assertThat(world.route("inventory").reason()).isEqualTo("It broke.");

            world.automatic = true;
            world.deployer.restart(new PluginId("inventory"));
            world.run();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        }

        @Test
        void isQuarantinedAfterThreeFailuresInARow() {
            world.automatic = false;
            world.drop("i.jar", INVENTORY).settle();
            for (int i = 0; i < 3; i++) {
                world.runs.get("inventory 1.0.0").fails("It broke.");
                world.runs.get("inventory 1.0.0").retired.complete(null);
                world.run();
                world.deployer.platformChanged();
                world.run();
            }

            assertThat(world.state("inventory")).isEqualTo("1.0.0 QUARANTINED");
            assertThat(world.marker("i.jar")).startsWith("FAILED: Plugin 'inventory' failed 3 times in a row");
            world.automatic = true;
            world.drop("i.jar", INVENTORY.with("mended")).settle();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        }

        @Test
        void isTriedAgainWhenItsFileIsTouched() {
            world.automatic = false;
            world.drop("i.jar", INVENTORY).settle();
            world.runs.get("inventory 1.0.0").fails("It broke.");
            world.runs.get("inventory 1.0.0").retired.complete(null);
            world.run();

            world.automatic = true;
            world.drop("i.jar", INVENTORY).settle();

            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
        }
    }

    @Nested
    class WhenAPluginIsRestarted {
        @Test
        void answersForItselfAllTheTime() {
            world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
            world.automatic = false;
            World.Run first = world.runs.get("inventory 1.0.0");

            world.deployer.restart(new PluginId("inventory"));
            world.run();
            assertThat(world.route("inventory").state()).isEqualTo(PluginState.DRAINING);
            assertThat(world.route("inventory").reason()).isEqualTo("Plugin 'inventory' is being restarted.");
            assertThat(world.reason("reports")).contains("plugin 'inventory' is DRAINING. Plugin 'inventory' is being");

            first.retired.complete(null);
            world.run();
            assertThat(world.route("inventory").state()).isEqualTo(PluginState.STARTING);

            world.runs.get("inventory 1.0.0").stands();
            world.run();
            assertThat(world.state("inventory")).isEqualTo("1.0.0 READY");
            assertThat(world.state("reports")).isEqualTo("1.0.0 READY");
        }
    }

    @Test
    void stopsDependentsBeforeTheirProviders() {
        world.drop("i.jar", INVENTORY).drop("r.jar", REPORTS).settle();
        world.events.clear();
        boolean[] done = {false};

        world.deployer.stopAll(() -> done[0] = true);

        assertThat(done[0]).isTrue();
        assertThat(world.events)
                .containsExactly(
                        "drain reports 1.0.0",
                        "drain inventory 1.0.0",
                        "retire reports 1.0.0",
                        "retire inventory 1.0.0");
        assertThat(world.route("inventory").reason()).isEqualTo("Mortise is stopping.");
    }

    @Test
    void answersForAPluginWhoseOnlyJarIsRefused() {
        world.dropBad("i.jar", INVENTORY).settle();

        assertThat(world.state("inventory")).isEqualTo("1.0.0 REJECTED");
        assertThat(world.route("inventory").state()).isEqualTo(PluginState.REJECTED);
    }

    @Test
    void showsFilesThatNameNoPlugin() {
        world.put("x.jar", Condition.REJECTED, "x.jar is not a zip file.")
                .put("y.jar", Condition.INCOMING, "y.jar is still arriving")
                .settle();

        assertThat(world.snapshot.files())
                .extracting(file -> file.path() + " " + file.state())
                .containsExactly("x.jar REJECTED", "y.jar INCOMING");
        assertThat(world.snapshot.plugins()).isEmpty();
        assertThat(List.copyOf(world.markers.keySet())).hasSize(1);
    }
}
