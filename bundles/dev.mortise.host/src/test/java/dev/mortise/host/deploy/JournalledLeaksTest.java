// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Deployment.Leak;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Version;
import org.junit.jupiter.api.Test;

/** What becomes of a loader is told by the deployment that retired it. */
class JournalledLeaksTest {
    private static final PluginIdentity OLD = new PluginIdentity(new PluginId("inventory"), new Version("1.0.0"));

    private final World world = new World();

    @Test
    void correctsAVerdictWhereItStandsAndNowhereElse() {
        world.drop("i.jar", plugin("inventory", "1.0.0")).settle();
        world.drop("i.jar", plugin("inventory", "2.0.0")).settle();

        world.deployer.loaderJudged(OLD, "holder unknown");
        world.deployer.loaderJudgedAnew(OLD, "holder unknown", "collected after 70 s");
        world.run();

        assertThat(world.deployments).hasSize(2);
        assertThat(world.deployments.firstEntry().getValue().leaks()).isEmpty();
        assertThat(world.lastDeployment().leaks())
                .containsExactly(new Leak("inventory", "1.0.0", "collected after 70 s"));
        assertThat(world.shelf.journal.get(world.lastDeployment().id()).leaks())
                .isEqualTo(world.lastDeployment().leaks());
    }
}
