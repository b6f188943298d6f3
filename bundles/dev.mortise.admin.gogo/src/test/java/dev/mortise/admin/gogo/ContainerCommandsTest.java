// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.Health;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContainerCommandsTest {
    private final Shell shell = new Shell();

    @Test
    void listsRoutes() {
        shell.services.bindServices(new FakeServices());

        assertThat(shell.type("routes")).isEqualTo("""
                METHOD  PATH                          OWNER      PERMISSIONS
                GET     /api/v1/p/inventory/products  inventory  plugin.inventory.products.read""");
    }

    @Test
    void showsHowTheContainerStands() {
        shell.health.bindHealth(new Health() {
            @Override
            public Report report() {
                return new Report(
                        "UP",
                        "1.0.0",
                        "standard",
                        List.of("base", "host"),
                        List.of(new PluginLine("crm", "1.0.0", "READY")),
                        List.of(new CheckLine("database", "UP", "It runs at 127.0.0.1:5432.")));
            }

            @Override
            public boolean ready() {
                return true;
            }
        });

        assertThat(shell.type("health")).isEqualTo("""
                Mortise 1.0.0, edition standard, is UP.
                Features:    base, host
                Checks:
                  database UP: It runs at 127.0.0.1:5432.

                PLUGIN  VERSION  STATE
                crm     1.0.0    READY""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "services",
                "service a.b",
                "routes",
                "migration list crm",
                "tenants",
                "tenant suspend acme",
                "installations acme",
                "enable acme crm",
                "health",
                "token list",
                "graph",
                "deployments",
                "restart crm"
            })
    void answersInWordsWhileNothingIsThere(String line) {
        assertThat(shell.type(line))
                .matches("There are no [a-z ]+: Mortise is still starting, or this edition has none\\.");
    }
}
