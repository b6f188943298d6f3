// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.admin.SnapshotHealth.About;
import dev.mortise.host.admin.SnapshotHealth.Phase;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.FileView;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.HealthSource;
import dev.mortise.kernel.port.HealthSource.Line;
import dev.mortise.kernel.port.HealthSource.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SnapshotHealthTest {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final List<HealthSource> sources = new ArrayList<>();
    private HostSnapshot snapshot = HostSnapshot.EMPTY;
    private Phase phase = new Phase(Optional.of(Duration.ZERO), false);
    private final SnapshotHealth health = new SnapshotHealth(
            new About("1.0.0", "minimal", List.of("host")), () -> snapshot, () -> phase, () -> sources);

    @Test
    void isUpWithoutPlugins() {
        assertThat(health.ready()).isTrue();
        assertThat(health.report().status()).isEqualTo("UP");
    }

    @Test
    void isStartingBeforeTheHostHasBegun() {
        phase = new Phase(Optional.empty(), false);

        assertThat(health.ready()).isFalse();
        assertThat(health.report().status()).isEqualTo("STARTING");
    }

    @Test
    void isReadyWhenEveryPluginServesOrSaysWhyNot() {
        stands(PluginState.STARTING);
        assertThat(health.ready()).isFalse();

        stands(PluginState.WAITING);
        assertThat(health.ready()).isTrue();
        assertThat(health.report().status()).isEqualTo("DEGRADED");
    }

    @Test
    void isReadyAfterThirtySecondsAnyway() {
        stands(PluginState.STARTING);
        phase = new Phase(Optional.of(Duration.ofSeconds(31)), false);

        assertThat(health.ready()).isTrue();
    }

    @Test
    void staysReadyWhileAPluginIsDeployedLater() {
        stands(PluginState.READY);
        assertThat(health.ready()).isTrue();
        stands(PluginState.STARTING);

        assertThat(health.ready()).isTrue();
        assertThat(health.report().status()).isEqualTo("UP");
        phase = new Phase(Optional.of(Duration.ZERO), true);
        assertThat(health.ready()).isFalse();
    }

    @Test
    void waitsForAFileThatIsArriving() {
        snapshot = new HostSnapshot(
                1, Map.of(), List.of(new FileView(Path.of("x.jar"), "INCOMING", "x.jar is still arriving", NOON)));

        assertThat(health.ready()).isFalse();
    }

    @Test
    void isDownWhenAPartIsDown() {
        sources.add(() -> new Line("listener", Status.UP, ""));
        sources.add(() -> new Line("database", Status.DOWN, "It is away."));

        assertThat(health.report().status()).isEqualTo("DOWN");
        assertThat(health.report().checks())
                .extracting(line -> line.name() + " " + line.status() + " " + line.message())
                .containsExactly("database DOWN It is away.", "listener UP ");
    }

    @Test
    void takesACheckThatBreaksForOneThatIsDown() {
        sources.add(() -> {
            throw new IllegalStateException("broken");
        });

        assertThat(health.report().status()).isEqualTo("DOWN");
    }

    private void stands(PluginState state) {
        PluginManifest manifest = plugin("inventory").manifest();
        snapshot = new HostSnapshot(
                1,
                Map.of(
                        new PluginId("inventory"),
                        List.of(new VersionView(
                                manifest.id(),
                                manifest.version(),
                                plugin("inventory").candidate().digest(),
                                Optional.of(manifest),
                                state,
                                "",
                                NOON,
                                List.of(),
                                List.of(),
                                List.of(),
                                true,
                                "bundle",
                                List.of(),
                                List.of(),
                                0))),
                List.of());
    }
}
