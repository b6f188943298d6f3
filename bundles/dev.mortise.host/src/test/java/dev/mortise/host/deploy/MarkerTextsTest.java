// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import static dev.mortise.host.deploy.Sketch.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.model.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MarkerTextsTest {
    private final World world = new World();

    @Test
    void putEachRemedyBelowItsViolation() {
        refuse(
                new Problem.ManifestProblem("/id", "'/id' is 'Bad Id', which is no plugin id.", "Write it like 'crm'."),
                new Problem.ManifestProblem("/version", "'/version' is 'one'.", "Write it like '1.0.0'."),
                new Problem.ManifestProblem("/name", "'/name' is 'X'.", "Write it like 'crm'."));

        assertThat(lines("x.jar"))
                .containsExactly(
                        "'/id' is 'Bad Id', which is no plugin id.",
                        "  Remedy: Write it like 'crm'.",
                        "'/version' is 'one'.",
                        "  Remedy: Write it like '1.0.0'.",
                        "'/name' is 'X'.",
                        "  Remedy: Write it like 'crm'.");
    }

    @Test
    void leaveOutARemedyThatTheSentenceNames() {
        world.drop("r.jar", plugin("reports", "1.0.0").needs("inventory.products", "^1.0.0"))
                .settle();

        assertThat(lines("r.jar"))
                .containsExactly("Missing required dependency 'inventory.products' (^1.0.0) of plugin 'reports': no"
                        + " plugin offers it. Deploy plugin 'inventory'.");
    }

    @Test
    void sayOfAQuarantinedPluginOnceWhyItFails() {
        world.automatic = false;
        world.drop("c.jar", plugin("crm", "1.0.0")).settle();
        for (int failure = 0; failure < 3; failure++) {
            world.runs.get("crm 1.0.0").fails("It broke.");
            world.runs.get("crm 1.0.0").retired.complete(null);
            world.run();
            world.deployer.platformChanged();
            world.run();
        }

        assertThat(lines("c.jar"))
                .containsExactly(
                        "Plugin 'crm' failed 3 times in a row and is not tried again. Mend it, or run 'restart crm'."
                                + " It broke.",
                        "  Remedy: Mend it. Then run 'restart crm'.");
    }

    private void refuse(Problem... problems) {
        world.put("x.jar", new Inspection.Refused(Optional.empty(), List.of(problems)))
                .settle();
    }

    private List<String> lines(String file) {
        return world.markers.get(Path.of(file)).lines();
    }
}
