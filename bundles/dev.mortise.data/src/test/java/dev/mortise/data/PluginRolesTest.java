// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginRolesTest {
    private static final Migration CREATE = Plugins.first("CREATE TABLE p_inventory__products (id int)");
    private static final Migration MORE = Migration.expand(2, "more", "CREATE TABLE p_inventory__more (id int)");

    private TestDatabase database;
    private PluginNames names;
    private PostgresPluginDatabase plugins;

    @BeforeEach
    void migrateAPlugin() throws SQLException {
        database = TestDatabase.open();
        names = new PluginNames(new PluginId("inventory"), database.opened().id());
        plugins = new PostgresPluginDatabase(database.opened());
        assertThat(migrate(CREATE)).isEqualTo(new Outcome.Migrated(1, 0));
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void areTwoWithoutAnyAttribute() throws SQLException {
        assertThat(database.text("SELECT count(*) FROM pg_roles WHERE rolname IN ('" + names.owner() + "', '"
                        + names.app()
                        + "') AND NOT (rolsuper OR rolbypassrls OR rolcreatedb OR rolcreaterole OR rolreplication)"))
                .isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"BYPASSRLS", "SUPERUSER", "CREATEDB", "CREATEROLE", "REPLICATION"})
    void stopThePluginWhenOneHasAnAttribute(String attribute) throws SQLException {
        asSuperuser("ALTER ROLE " + names.app() + " " + attribute);

        assertThat(refusal(CREATE)).contains(names.app() + " has " + attribute);
        assertThat(refusal(CREATE, MORE)).contains(names.app() + " has " + attribute);
    }

    @Test
    void stopThePluginWhenOneCanCreateElsewhere() throws SQLException {
        asSuperuser("GRANT CREATE ON SCHEMA public TO PUBLIC");

        assertThat(refusal(CREATE)).contains(names.owner() + " has CREATE on schema public");
    }

    @Test
    void stopThePluginWhenOneMakesTemporaryTables() throws SQLException {
        asSuperuser("GRANT TEMPORARY ON DATABASE " + database.server().url().replaceFirst(".*/", "") + " TO "
                + names.app());

        assertThat(refusal(CREATE)).contains(names.app() + " has TEMPORARY on this database");
    }

    @Test
    void stopThePluginWhenOneIsAMemberOfAnother() throws SQLException {
        asSuperuser("GRANT pg_read_all_data TO " + names.app());

        assertThat(refusal(CREATE)).contains(names.app() + " has membership in pg_read_all_data");
    }

    @Test
    void belongToOneDatabaseOnly() throws SQLException {
        try (TestDatabase other = TestDatabase.open()) {
            assertThat(new PostgresPluginDatabase(other.opened())
                            .migrate(Plugins.identity("inventory"), List.of(CREATE), Reach.ALL))
                    .isEqualTo(new Outcome.Migrated(1, 0));

            assertThat(other.opened().id()).isNotEqualTo(database.opened().id());
        }
    }

    private void asSuperuser(String statement) throws SQLException {
        try (Connection superuser = database.on().superuser(database.server().url())) {
            Sql.execute(superuser, statement);
        }
    }

    private Outcome migrate(Migration... migrations) {
        return plugins.migrate(Plugins.identity("inventory"), List.of(migrations), Reach.ALL);
    }

    private String refusal(Migration... migrations) {
        return ((Outcome.Refused) migrate(migrations)).problem().message();
    }
}
