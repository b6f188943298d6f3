// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresTenantDirectoryTest {
    private TestDatabase database;
    private PostgresTenantDirectory directory;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        database.execute("INSERT INTO mortise.tenant (id, slug, name, state) VALUES"
                + " ('t-1', 'acme', 'Acme', 'active'), ('t-2', 'default-too', 'Two', 'suspended')");
        directory = new PostgresTenantDirectory(database.opened(), Duration.ofMillis(200));
    }

    @AfterEach
    void close() throws SQLException {
        directory.stop();
        database.close();
    }

    @Test
    void findsByIdAndBySlug() {
        assertThat(directory.find("t-1").map(Tenant::name)).contains("Acme");
        assertThat(directory.find("acme").map(Tenant::name)).contains("Acme");
        assertThat(directory.find("default").map(Tenant::slug)).contains("default");
        assertThat(directory.find("ACME")).isEmpty();
    }

    @Test
    void saysWhoIsSuspended() {
        assertThat(directory.all().stream().filter(Tenant::suspended).map(Tenant::slug))
                .containsExactly("default-too");
    }

    @Test
    void noticesATenantThatComesLater() throws SQLException {
        database.execute("INSERT INTO mortise.tenant (id, slug, name) VALUES ('t-3', 'later', 'Later')");

        await().atMost(Duration.ofSeconds(5))
                .until(() -> directory.find("later").isPresent());
    }

    @Test
    void tellsWhenATenantIsDeletedAnywhereAndTellsItOnce() throws SQLException {
        List<String> left = new CopyOnWriteArrayList<>();
        directory.listen(tenant -> left.add(tenant.value()));

        database.execute("UPDATE mortise.tenant SET name = 'Two', state = 'suspended' WHERE id = 't-1'");
        database.execute("UPDATE mortise.tenant SET deleting = true WHERE id = 't-1'");
        await().until(() -> directory.find("t-1").isEmpty());
        database.execute("DELETE FROM mortise.tenant WHERE id = 't-2'");
        await().until(() -> directory.find("t-2").isEmpty());

        await().untilAsserted(() -> assertThat(left).containsExactly("t-1", "t-2"));
    }

    @Test
    void keepsTheLastKnownTenantsWhileTheDatabaseIsAway() throws SQLException {
        database.execute(
                "ALTER TABLE mortise.tenant RENAME TO elsewhere; DELETE FROM mortise.elsewhere WHERE id = 't-1'");
        await().during(Duration.ofMillis(600))
                .until(() -> directory.find("acme").isPresent());

        database.execute("ALTER TABLE mortise.elsewhere RENAME TO tenant");
        await().until(() -> directory.find("acme").isEmpty());
    }
}
