// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A container without any plugin; the minimal edition comes with none. */
final class EmptyFolderIT {
    @AutoClose
    private static Container container;

    private static PipedShell shell;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.firstStart(
                        Product.find(), folder.resolve("home"), Map.of(), "--edition", "minimal", "--shell")
                .awaitReady();
        shell = new PipedShell(container);
    }

    @Test
    void isReady() {
        assertThat(container.anonymous().get("/health/ready").status()).isEqualTo(200);
        assertThat(container.anonymous().get("/health/live").status()).isEqualTo(200);
    }

    @Test
    void letsNobodyInWhoCannotBeKnown() {
        assertThat(container.anonymous().get("/api/v1/plugins").status()).isEqualTo(401);
        assertThat(container.anonymous().get("/api/v1/p/inventory/products").status())
                .isEqualTo(401);
    }

    @Test
    void makesNeitherRoleNorSchemaOfAPlugin() {
        EmbeddedDatabase database = EmbeddedDatabase.of(container);

        assertThat(database.pluginRoles()).isEmpty();
        assertThat(database.pluginSchemas()).isEmpty();
        assertThat(database.column("SELECT nspname FROM pg_namespace WHERE nspname = 'mortise'"))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "plugins",
                "plugin nobody",
                "why nobody",
                "graph",
                "deps nobody",
                "services",
                "service no.body",
                "routes",
                "install nofile.jar",
                "uninstall nobody",
                "uninstall nobody --force",
                "restart nobody",
                "migration list nobody",
                "token list",
                "token create admin",
                "token revoke nobody",
                "tenants",
                "health"
            })
    void answersEveryCommandInWords(String command) throws Exception {
        assertThat(shell.type(command)).isNotEmpty().doesNotContain("Exception").doesNotContain("gogo:");
    }

    @Test
    void helpListsTheCommandsAndLeadsToThoseOfFelix() throws Exception {
        assertThat(shell.type("help"))
                .contains("plugins                   lists all plugins")
                .contains("token revoke <id>")
                .contains("felix:help");
        assertThat(shell.type("felix:help")).contains("felix:lb");
        assertThat(shell.type("help felix:lb")).contains("list all installed bundles");
    }
}
