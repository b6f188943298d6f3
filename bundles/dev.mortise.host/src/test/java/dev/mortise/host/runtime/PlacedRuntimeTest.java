// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.Contribution;
import dev.mortise.host.deploy.PluginRuntime;
import dev.mortise.host.deploy.RunReport;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem.StartProblem;
import dev.mortise.kernel.port.PlacementStore;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.Routing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PlacedRuntimeTest {
    private static final PluginId EMAIL = new PluginId("email");

    private final List<String> events = new ArrayList<>();
    private final List<RunReport> heard = new ArrayList<>();
    private final Kept kept = new Kept();
    private final Fake bundles = new Fake("bundle");
    private final Fake workers = new Fake("worker");
    private Supplier<Optional<String>> configured = Optional::empty;
    private PluginManifest manifest = plugin("email").runsAs("bundle", "worker").manifest();

    private PluginRuntime.Running start() {
        Placements placements = new Placements(() -> Optional.of(kept), plugin -> configured.get());
        Artifact artifact = new Artifact(
                plugin("email").candidate().digest(), Path.of("x.jar"), manifest, List.of(), Set.of(), List.of());
        return new PlacedRuntime(bundles, workers, placements).start(artifact, Reach.ALL, heard::add);
    }

    @Test
    void takesTheFirstOfTheManifestsPlaces() {
        assertThat(start().location()).isEqualTo("bundle");

        manifest = plugin("email").runsAs("worker", "remote").manifest();
        assertThat(start().location()).isEqualTo("worker");
    }

    @Test
    void goesByTheConfigurationAndBeforeThatByWhatWasDecided() {
        configured = () -> Optional.of("worker");
        assertThat(start().location()).isEqualTo("worker");

        kept.decided.put(EMAIL, "bundle");
        assertThat(start().location()).isEqualTo("bundle");
    }

    @Test
    void saysWhatTheConfigurationAsksForInVain() {
        manifest = plugin("email").manifest();
        configured = () -> Optional.of("worker");

        start();

        assertThat(((RunReport.Failed) heard.get(0)).problem().message())
                .isEqualTo(
                        "Plugin 'email' is to run as 'worker' (email.location in etc/plugins.properties), and its plugin.json lists the locations [bundle].");
        assertThat(events).isEmpty();
    }

    @Test
    void failsWhereNobodyCanTellWhatTheConfigurationSays() {
        configured = () -> {
            throw new UncheckedIOException("etc/plugins.properties is malformed.", new IOException());
        };

        start();

        assertThat(((RunReport.Failed) heard.get(0)).problem().message())
                .isEqualTo("Nobody knows where plugin 'email' is to run: etc/plugins.properties is malformed.");
        assertThat(events).isEmpty();
    }

    @Nested
    class WhenItIsMoved {
        private final PluginRuntime.Running run = start();
        private final Fake.Run old = bundles.last;

        WhenItIsMoved() {
            run.move("worker");
        }

        @Test
        void standsReadyThereAndIsRecordedBeforeThatIsTold() {
            old.serves();
            workers.last.serves();

            assertThat(heard).hasSize(2);
            assertThat(((RunReport.Moved) heard.get(1)).contribution().location())
                    .isEqualTo("worker");
            assertThat(kept.decided).containsEntry(EMAIL, "worker");
            assertThat(run.location()).isEqualTo("bundle");

            run.settle();
            assertThat(run.location()).isEqualTo("worker");
            old.serves();
            assertThat(heard).as("what the old place tells").hasSize(2);
            run.leave();
            assertThat(events).containsExactly("start bundle", "start worker", "retire bundle");
        }

        @Test
        void staysWhenItFailsThere() {
            workers.last.fails();

            assertThat(heard.get(0)).isInstanceOf(RunReport.Stayed.class);
            assertThat(events).endsWith("retire worker");
            assertThat(kept.decided).isEmpty();
            assertThat(run.location()).isEqualTo("bundle");
        }

        @Test
        void staysWhenThatCanNotBeRecorded() {
            kept.away = true;

            workers.last.serves();

            assertThat(((RunReport.Stayed) heard.get(0)).problem().message()).contains("can't be recorded");
            assertThat(events).endsWith("retire worker");
        }

        @Test
        void isRecordedWhereItIsWhenItFailsAfterAll() {
            workers.last.serves();
            workers.last.fails();

            assertThat(heard.get(1)).isInstanceOf(RunReport.Stayed.class);
            assertThat(kept.decided).containsEntry(EMAIL, "bundle");
        }

        @Test
        void tellsItsFailureAfterTheSwitchAsItsOwn() {
            workers.last.serves();
            run.settle();
            workers.last.fails();

            assertThat(heard.get(1)).isInstanceOf(RunReport.Failed.class);
        }

        @Test
        void retiresInBothPlaces() {
            run.retire();

            assertThat(events).contains("retire bundle", "retire worker");
        }
    }

    private static final class Kept implements PlacementStore {
        private final Map<PluginId, String> decided = new HashMap<>();
        private boolean away;

        @Override
        public Map<PluginId, String> decided() {
            return Map.copyOf(decided);
        }

        @Override
        public void decide(PluginId plugin, String location) {
            if (away) {
                throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "It is away.");
            }
            decided.put(plugin, location);
        }
    }

    private final class Fake implements PluginRuntime {
        private final String location;
        private Run last = new Run(report -> {});

        Fake(String location) {
            this.location = location;
        }

        @Override
        public Running start(Artifact artifact, Reach reach, Consumer<RunReport> reports) {
            events.add("start " + location);
            last = new Run(reports);
            return last;
        }

        private final class Run implements Running {
            private final Consumer<RunReport> reports;

            Run(Consumer<RunReport> reports) {
                this.reports = reports;
            }

            void serves() {
                reports.accept(new RunReport.Serving(new Contribution(
                        location,
                        PlacedRuntimeTest.class.getClassLoader(),
                        List.of(),
                        Routing.Tools.NONE,
                        List.of(),
                        List.of(),
                        Optional.empty(),
                        0,
                        0,
                        List.of())));
            }

            void fails() {
                reports.accept(new RunReport.Failed(new StartProblem("It broke.", "Mend it.")));
            }

            @Override
            public CompletionStage<Void> retire() {
                events.add("retire " + location);
                return CompletableFuture.completedFuture(null);
            }

            @Override
            public void contract() {}
        }
    }
}
