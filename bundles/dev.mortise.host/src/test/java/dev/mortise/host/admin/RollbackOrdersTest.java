// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Commit;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.Want;
import dev.mortise.testkit.PluginBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RollbackOrdersTest {
    private static final PluginId ID = new PluginId("inventory");

    @TempDir
    Path folder;

    private final NotedOrders taker = new NotedOrders();
    private final Map<PluginId, List<VersionView>> views = new HashMap<>();
    private final PluginBuilder inventory = plugin("inventory");

    @Test
    void goesBackToTheVersionThatRanLastButNotToOneThatNeverRan() throws IOException {
        keep("1.0.0", Role.ACTIVE);
        keep("1.1.0", Role.PENDING);
        keep("1.2.0", Role.ACTIVE);
        runs("1.2.0", PluginState.READY);

        Change back = rollback(Optional.empty());

        assertThat(back).isEqualTo(new Change.Accepted("d1", "Plugin 'inventory' goes back to 1.0.0."));
        assertThat(rollback(Optional.of(new Version("1.1.0"))))
                .isEqualTo(new Change.Accepted("d1", "Plugin 'inventory' goes back to 1.1.0."));
        assertThat(taker.asked).containsExactly("rollback inventory 1.0.0", "rollback inventory 1.1.0");
    }

    @Test
    void saysThatNothingRanBefore() throws IOException {
        keep("1.0.0", Role.PENDING);
        keep("1.1.0", Role.ACTIVE);
        runs("1.1.0", PluginState.FAILED);

        assertThat(rollback(Optional.empty()))
                .isInstanceOf(Change.Refused.class)
                .asString()
                .contains("No version of plugin 'inventory' that ran before is kept. It can go back to: 1.0.0.");
    }

    @Test
    void ofTwoContentsOfOneReleaseThatWhichRunsIsMeant() throws IOException {
        keep("1.1.0", Role.ACTIVE);
        runs("1.1.0", PluginState.READY);
        inventory.named("Another content");
        keep("1.1.0", Role.PARKED);

        rollback(Optional.of(new Version("1.1.0")));

        assertThat(taker.last).hasValue(views.get(ID).get(0).digest());
        assertThat(rollback(Optional.of(new Version("9.0.0"))).toString()).contains("There is none to go back to.");
    }

    private Change rollback(Optional<Version> version) {
        return new RollbackOrders(
                        taker, new Ordering(taker, () -> new HostSnapshot(7, views, List.of())), Optional::empty)
                .rollback(ID, version);
    }

    private void runs(String version, PluginState state) {
        views.put(ID, List.of(Views.of(inventory.version(version), state, "", state == PluginState.READY)));
    }

    /** Records a version of the inventory whose bytes are its plugin.json. */
    private void keep(String version, Role role) throws IOException {
        inventory.version(version);
        Want want = new Want(
                ID, new Version(version), inventory.candidate().digest(), role, Optional.empty(), Optional.empty());
        Path bytes = Files.writeString(folder.resolve(version), inventory.json());
        taker.store.commit(new Commit(
                "n1",
                taker.artifacts.size(),
                true,
                List.of(want),
                Set.of(),
                List.of(),
                Set.of(),
                Map.of(want.digest(), bytes),
                List.of()));
        taker.artifacts.put(
                want.digest(),
                new Artifact(want.digest(), bytes, inventory.manifest(), List.of(), Set.of(), List.of()));
    }
}
