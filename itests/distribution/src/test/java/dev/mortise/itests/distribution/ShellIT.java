// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shell of a container with plugins, over a pipe. */
final class ShellIT {
    private static final Product PRODUCT = Product.find();

    @AutoClose
    private static Container container;

    private static PipedShell shell;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home"), Map.of("COLUMNS", ""), "--shell")
                .awaitReady();
        container.drop(PRODUCT.example("inventory"), "inventory.jar");
        container.drop(PRODUCT.example("reports"), "reports.jar");
        container.awaitState("reports", "READY");
        shell = new PipedShell(container);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "plugins~inventory",
                "plugin reports~reports.generator 1.0.0 HEALTHY",
                "why reports~reports 1.0.0 is READY.",
                "graph~-> inventory: inventory.products ^1.0.0",
                "deps inventory~Needed by: reports",
                "services~inventory.categories",
                "service inventory.products~GET /products",
                "routes~/api/v1/p/reports/reports/generate",
                "migration list inventory~products",
                "token list~admin",
                "tenants~default",
                "health~is UP.",
                "help~uninstall <id> [--force]",
                "help install~takes a plugin's jar in",
                "help mortise:uninstall~--force",
                "help felix:lb~list all installed bundles",
                "felix:lb~dev.mortise.host",
                "plugins | grep reports~READY"
            })
    void everyCommandAnswers(String command, String part) throws Exception {
        assertThat(shell.type(command)).contains(part).doesNotContain("Exception");
    }

    @ParameterizedTest
    @CsvSource({"plugins", "services", "routes", "migration list inventory", "token list", "tenants"})
    void tablesFitATerminal(String command) throws Exception {
        shell.type("COLUMNS = 80");
        try {
            assertThat(shell.type(command).lines()).allMatch(line -> line.codePointCount(0, line.length()) <= 80);
        } finally {
            shell.type("COLUMNS = 0");
        }
    }

    @Test
    void nothingIsCutOnAPipe() throws Exception {
        assertThat(shell.type("routes"))
                .contains("plugin.inventory.products.write")
                .doesNotContain("…");
    }

    @Test
    void aTokenIsMadeUsedAndRevoked() throws Exception {
        String id = value("Id", shell.type("token create admin --expires 3600"));
        String made = shell.type("token create admin");
        String token = value("Token", made);
        assertThat(shell.type("token list")).contains(id).doesNotContain(token);
        assertThat(container.anonymous().token(token).get("/api/v1/plugins").status())
                .isEqualTo(200);

        assertThat(shell.type("token revoke " + value("Id", made))).contains("is revoked");

        assertThat(container.anonymous().token(token).get("/api/v1/plugins").status())
                .isEqualTo(401);
    }

    @Test
    void aPluginIsInstalledRestartedAndRemoved() throws Exception {
        assertThat(shell.type("install " + PRODUCT.example("crm"))).isNotEmpty();
        container.awaitState("crm", "READY");

        assertThat(shell.type("restart crm")).doesNotContain("Exception");
        container.awaitState("crm", "READY");
        shell.type("uninstall crm");

        Wait.until(
                "crm is gone",
                () -> container.admin().get("/api/v1/plugins/crm").status() == 404);
    }

    @Test
    void aPluginThatOthersNeedStaysUnlessForced() throws Exception {
        assertThat(shell.type("uninstall inventory")).contains("reports");
        container.awaitState("inventory", "READY");
    }

    @Test
    void felixLeavesPluginsAlone() throws Exception {
        Matcher line =
                Pattern.compile("(?m)^\\s*(\\d+)\\|.*examples\\.inventory").matcher(shell.type("felix:lb -s"));
        assertThat(line.find()).isTrue();

        for (String function : new String[] {"stop", "start", "update", "uninstall", "refresh"}) {
            assertThat(shell.type("felix:" + function + " " + line.group(1)))
                    .contains("is plugin 'inventory'")
                    .contains("felix:" + function + " leaves it alone");
        }
        assertThat(container.client().get("/api/v1/p/inventory/products").status())
                .isEqualTo(200);
    }

    @Test
    void anUnknownCommandIsNamedInOneLine() throws Exception {
        assertThat(shell.type("frobnicate"))
                .isEqualTo("There is no command 'frobnicate'. 'help' lists those there are.");
    }

    private static String value(String label, String text) {
        Matcher line = Pattern.compile("(?m)^" + label + ":\\s+(\\S+)$").matcher(text);
        assertThat(line.find()).as(text).isTrue();
        return line.group(1);
    }
}
