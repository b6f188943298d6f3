// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What migrations of the phase expand may do to tables that a running version uses. */
class ExpandMigrationsTest {
    private TestDatabase database;
    private PostgresPluginDatabase plugins;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        plugins = new PostgresPluginDatabase(database.opened());
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ALTER TABLE p_inventory__products DROP COLUMN name | drops column 'name' of 'p_inventory__products'",
                "DROP TABLE p_inventory__products | drops 'p_inventory__products'",
                "DROP SEQUENCE p_inventory__numbers | drops 'p_inventory__numbers'",
                "ALTER TABLE p_inventory__products RENAME COLUMN name TO title | renames column 'name'",
                "ALTER TABLE p_inventory__products RENAME TO p_inventory__goods | renames 'p_inventory__products'",
                "ALTER TABLE p_inventory__products ALTER name TYPE varchar(5) | narrows column 'name'",
                "ALTER TABLE p_inventory__products ALTER price TYPE numeric(8,4) | narrows column 'price'",
                "ALTER TABLE p_inventory__products ALTER stock TYPE text | narrows column 'stock'",
                "ALTER TABLE p_inventory__products ALTER name SET NOT NULL | makes column 'name'",
                "ALTER TABLE p_inventory__products ADD COLUMN sku text NOT NULL | adds column 'sku'",
                "ALTER TABLE p_inventory__products ADD CHECK (name IS NOT NULL) NOT VALID"
                        + " | forbids rows of 'p_inventory__products' by check 'p_inventory__products_name_check'",
                "ALTER TABLE p_inventory__products ADD CONSTRAINT less CHECK (price < 9 AND stock > 0)"
                        + " | forbids rows of 'p_inventory__products' by check 'less'",
                "ALTER TABLE p_inventory__products ADD sku text, ADD CONSTRAINT one CHECK (sku IS NULL OR stock > 0)"
                        + " | forbids rows of 'p_inventory__products' by check 'one'",
                "ALTER TABLE p_inventory__products DROP CONSTRAINT p_inventory__products_pkey"
                        + " | drops primary key 'p_inventory__products_pkey' of 'p_inventory__products'",
                "ALTER TABLE p_inventory__products DROP CONSTRAINT p_inventory__products_pkey, ADD UNIQUE (id)"
                        + " | drops primary key 'p_inventory__products_pkey'",
                "ALTER TABLE p_inventory__products ADD shelf int DEFAULT 1, DROP CONSTRAINT p_inventory__products_pkey,"
                        + " ADD PRIMARY KEY (id, shelf) | drops primary key 'p_inventory__products_pkey'",
                "ALTER TABLE p_inventory__products DROP CONSTRAINT p_inventory__products_pkey,"
                        + " ADD PRIMARY KEY (id) DEFERRABLE | drops primary key 'p_inventory__products_pkey'",
                "ALTER TABLE p_inventory__products DROP COLUMN id | drops column 'id' of 'p_inventory__products'",
                "DO $$ BEGIN EXECUTE 'DROP TABLE p_inventory__products'; END $$ | drops 'p_inventory__products'"
            })
    void takeNothingFromTheVersionThatRuns(String script, String clause) {
        Migration first = Migration.expand(1, "first", """
                CREATE TABLE p_inventory__products (
                    id int PRIMARY KEY, name varchar(10), price numeric(8,2), stock int);
                CREATE SEQUENCE p_inventory__numbers
                """);
        migrate(first);

        assertThat(refusal(first, Migration.expand(2, "less", script)))
                .startsWith("Migration 2 (less) of plugin 'inventory' " + clause)
                .endsWith(", which the version that runs may need. Nothing was changed.");
    }

    @Test
    void addAndWidenAsTheyLike() {
        Migration first = Migration.expand(1, "first", """
                CREATE TABLE p_inventory__products (
                    id int PRIMARY KEY, name varchar(10), price numeric(8,2), stock int NOT NULL)
                """);
        migrate(first);

        assertThat(migrate(first, Migration.expand(2, "more", """
                        ALTER TABLE p_inventory__products
                            ALTER name TYPE text, ALTER price TYPE numeric(12,3), ALTER stock TYPE bigint,
                            ALTER stock DROP NOT NULL, ADD COLUMN sku text NOT NULL DEFAULT '', ADD COLUMN note text;
                        SELECT mortise.tenant_table('p_inventory__products')
                        """))).isEqualTo(new Outcome.Migrated(1, 0));
    }

    @Test
    void checkWhatOnlyNewCodeWritesAndWidenWhatWasChecked() {
        Migration first = Migration.expand(1, "first", """
                CREATE TABLE p_inventory__products (
                    id int PRIMARY KEY, price numeric(8,2) CHECK (price > 0), state varchar(9) CHECK (state IN ('new', 'old')))
                """);
        migrate(first);

        assertThat(migrate(first, Migration.expand(2, "more", """
                        ALTER TABLE p_inventory__products
                            ALTER price TYPE numeric(12,2), ADD COLUMN sku text CHECK (sku <> ''),
                            DROP CONSTRAINT p_inventory__products_state_check,
                            ADD CHECK (state IN ('new', 'old', 'gone'));
                        CREATE TABLE p_inventory__shelves (id int PRIMARY KEY, height int CHECK (height > 0));
                        """))).isEqualTo(new Outcome.Migrated(1, 0));
    }

    @Test
    void makeAKeyWhereThereIsNoneAndMakeItAnew() {
        Migration first = Migration.expand(1, "first", """
                CREATE TABLE p_inventory__products (id int PRIMARY KEY);
                CREATE TABLE p_inventory__shelves (id int NOT NULL);
                """);
        migrate(first);

        assertThat(migrate(first, Migration.expand(2, "more", """
                        ALTER TABLE p_inventory__products
                            DROP CONSTRAINT p_inventory__products_pkey, ADD CONSTRAINT p_inventory__products_key PRIMARY KEY (id);
                        ALTER TABLE p_inventory__shelves ADD PRIMARY KEY (id);
                        """))).isEqualTo(new Outcome.Migrated(1, 0));
    }

    private Outcome migrate(Migration... migrations) {
        return plugins.migrate(Plugins.identity("inventory"), List.of(migrations), Reach.ALL);
    }

    private String refusal(Migration... migrations) {
        return ((Outcome.Refused) migrate(migrations)).problem().message();
    }
}
