// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.itests.distribution.Operator.DEPLOYMENTS;
import static dev.mortise.itests.distribution.Operator.PLUGINS;
import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import dev.mortise.testkit.PluginJar;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A contract migration that fails: the version serves, everybody who looks is told, and it is tried again. */
final class FailedContractIT {
    private static final Product PRODUCT = Product.find();
    private static final String ID = "strict";
    private static final String STRICT = "ALTER TABLE p_strict__things ALTER COLUMN colour SET NOT NULL";

    @TempDir
    private Path folder;

    @Test
    void isSeenAndTriedAgainUntilItIsMended() throws Exception {
        try (Container container = start()) {
            Operator operator = Operator.of(container);
            operator.install(version("1.0.0"));

            assertTold(operator, operator.install(with("1.1.0", STRICT)));
            assertTold(operator, operator.order(ID, "restart"));
            assertThat(container.admin().get("/health").json().path("status").asText())
                    .isEqualTo("DEGRADED");
            assertThat(container.terminate()).isZero();
        }
        try (Container container = start()) {
            Operator operator = Operator.of(container);
            Wait.until("it is tried again", () -> state(operator).equals("DEGRADED"));
            String boot = operator.journal(ID).get(0).path("id").asText();
            operator.awaitDone(DEPLOYMENTS + "/" + boot);
            assertThat(failedPhases(operator.journal(ID).get(0))).containsExactly("MIGRATE");

            operator.install(with("1.2.0", "DELETE FROM p_strict__things WHERE colour IS NULL; " + STRICT));

            assertThat(state(operator)).isEqualTo("READY");
            assertThat(operator.plugin(ID).path("schema").path("version").asText())
                    .isEqualTo("2");
        }
    }

    private static void assertTold(Operator operator, JsonNode deployment) {
        assertThat(failedPhases(deployment)).as(deployment.toString()).containsExactly("MIGRATE");
        assertThat(deployment.path("reason").asText())
                .startsWith("Plugin 'strict' 1.1.0 serves, but its contract migrations did not all run:"
                        + " Migration 2 (colour) of plugin 'strict'");
        JsonNode why = operator.admin().get(PLUGINS + "/" + ID + "/why").json();
        assertThat(state(operator)).isEqualTo("DEGRADED");
        assertThat(why.at("/problems/0/code").asText()).as(why.toString()).isEqualTo("MIGRATION");
        assertThat(why.path("remedy").asText()).contains("tried again by 'restart strict' and by the next version");
        assertThat(operator.served(ID)).isEqualTo("1.1.0");
    }

    private static List<String> failedPhases(JsonNode deployment) {
        return StreamSupport.stream(deployment.path("steps").spliterator(), false)
                .filter(step -> step.path("state").asText().equals("FAILED"))
                .map(step -> step.path("phase").asText())
                .toList();
    }

    private static String state(Operator operator) {
        return operator.plugin(ID).path("state").asText();
    }

    private static PluginJar with(String version, String contract) {
        return version(version).withMigration("2__colour__contract.sql", contract);
    }

    private static PluginJar version(String version) {
        return VersionedJar.of(plugin(ID), version)
                .withMigration(
                        "1__things.sql",
                        "CREATE TABLE p_strict__things (id bigint PRIMARY KEY, colour text);"
                                + " INSERT INTO p_strict__things VALUES (1, NULL)");
    }

    private Container start() throws Exception {
        return Container.start(PRODUCT, folder.resolve("home")).awaitReady();
    }
}
