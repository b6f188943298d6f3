// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.WorkerProcesses.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a process outside of the container does with what it is given. */
class PostgresPluginLoginsTest {
    private static final PluginId SHOP = new PluginId("shop");

    private TestDatabase database;
    private PostgresPluginLogins logins;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        logins = new PostgresPluginLogins(database.opened());
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private static Connection connect(Database given) throws SQLException {
        return TestServer.connect(given.url(), given.user(), given.password());
    }

    @Test
    void reachTheTablesOfThePluginAndNothingElse() throws SQLException {
        assertThat(new PostgresPluginDatabase(database.opened())
                        .migrate(
                                Plugins.identity("shop"),
                                List.of(Plugins.first("CREATE TABLE p_shop__items (id int)")),
                                Reach.ALL))
                .isEqualTo(new Outcome.Migrated(1, 0));

        try (Connection connection = connect(logins.of(SHOP, Optional.empty()))) {
            Sql.execute(connection, "INSERT INTO p_shop.p_shop__items VALUES (7)");
            assertThat(Sql.text(connection, "SELECT id FROM p_shop.p_shop__items"))
                    .isEqualTo("7");
            for (String forbidden : List.of(
                    "CREATE TABLE p_shop.p_shop__more (id int)",
                    "DROP TABLE p_shop.p_shop__items",
                    "SELECT * FROM mortise.tenant",
                    "CREATE TEMPORARY TABLE x (id int)")) {
                assertThatThrownBy(() -> Sql.execute(connection, forbidden))
                        .as(forbidden)
                        .isInstanceOf(SQLException.class);
            }
        }
    }

    @Test
    void makeTheRoleWhereThereIsNoneYet() throws SQLException {
        try (Connection connection = connect(logins.of(SHOP, Optional.empty()))) {
            assertThat(Sql.text(connection, "SELECT session_user"))
                    .isEqualTo(logins.of(SHOP, Optional.empty()).user());
        }
    }

    @Test
    void areTheSameAtEachStartAndNotThoseOfAnotherPlugin() {
        Database given = logins.of(SHOP, Optional.empty());

        assertThat(logins.of(SHOP, Optional.empty())).isEqualTo(given);
        assertThat(logins.of(new PluginId("crm"), Optional.empty()).user()).isNotEqualTo(given.user());
        assertThat(logins.of(new PluginId("crm"), Optional.empty()).password()).isNotEqualTo(given.password());
        assertThat(given.toString()).doesNotContain(given.password());
    }

    @Test
    void areRefusedInWordsWhereTheRoleMayMoreThanItMust() throws SQLException {
        String role = logins.of(SHOP, Optional.empty()).user();
        try (Connection superuser = database.on().superuser(database.server().url())) {
            Sql.execute(superuser, "ALTER ROLE " + role + " CREATEDB");

            assertThatThrownBy(() -> logins.of(SHOP, Optional.empty()))
                    .isInstanceOf(MortiseException.class)
                    .hasMessageContaining(role + " has CREATEDB");
        }
    }

    @Test
    void areNotToBeHadWhileTheDatabaseIsAway() {
        database.opened().close();

        assertThatThrownBy(() -> logins.of(SHOP, Optional.empty())).isInstanceOf(MortiseException.class);
    }
}
