// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.itests.distribution.plugins.Claiming;
import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.Product;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin in a process for each tenant, which says that it is another one. */
final class TenantLoginsIT {
    private static final Product PRODUCT = Product.find();
    private static final String NOTES = "/api/v1/p/claiming/notes";

    @TempDir
    private Path folder;

    @AutoClose
    private Container container;

    private Client admin;

    @BeforeEach
    void start() throws Exception {
        container = Container.start(PRODUCT, folder.resolve("home")).awaitReady();
        admin = container.admin();
        Operator.of(container)
                .install(plugin("claiming")
                        .runsAs("worker")
                        .jar()
                        .withClasses(Claiming.class)
                        .withMigration("1__notes.sql", """
                                CREATE TABLE p_claiming__notes (text text NOT NULL);
                                SELECT mortise.tenant_table('p_claiming__notes');
                                """));
        container.awaitState("claiming", "READY");
        for (String tenant : List.of("acme", "globex")) {
            assertThat(admin.post("/api/v1/tenants", "{\"slug\":\"" + tenant + "\"}")
                            .status())
                    .isEqualTo(201);
            assertThat(text(admin.tenant(tenant).post(NOTES, ""))).isEqualTo(tenant);
        }
    }

    private static String text(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    private List<String> logins() {
        return EmbeddedDatabase.of(container).pluginRoles().stream()
                .filter(role -> role.matches("m[0-9a-f]{8}_claiming_t_[0-9a-f]{16}"))
                .toList();
    }

    @Test
    void seesAndTakesNothingOfTheOtherOne() throws Exception {
        Client acme = admin.tenant("acme");

        String own = text(acme.get(NOTES));
        assertThat(own).matches("acme as m[0-9a-f]{8}_claiming_t_[0-9a-f]{16}");
        assertThat(text(acme.get(NOTES + "/of/globex"))).isEqualTo(own);
        assertThat(text(acme.send("DELETE", NOTES + "/of/globex", ""))).isEqualTo("nothing");
        assertThat(text(acme.get(NOTES))).isEqualTo(own);
        assertThat(text(admin.tenant("globex").get(NOTES))).startsWith("globex as ");
        // what it takes of its own it gets
        assertThat(text(acme.send("DELETE", NOTES + "/of/acme", ""))).isEqualTo("acme");
    }

    @Test
    void losesItsLoginWithTheTenant() throws Exception {
        assertThat(logins()).hasSizeGreaterThanOrEqualTo(2);
        int before = logins().size();

        assertThat(admin.send("DELETE", "/api/v1/tenants/globex?confirm=globex", "")
                        .status())
                .isEqualTo(202);

        Wait.until("the login is gone", () -> logins().size() == before - 1);
        assertThat(text(admin.tenant("acme").get(NOTES))).startsWith("acme as ");
    }
}
