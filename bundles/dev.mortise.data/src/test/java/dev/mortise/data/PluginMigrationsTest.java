// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginDatabase.Applied;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginMigrationsTest {
    private static final String LONG_NAME = "p_inventory__" + "x".repeat(42);
    private static final Migration CREATE = Migration.expand(
            1, "create_products", "CREATE TABLE p_inventory__products (id bigserial PRIMARY KEY, sku text UNIQUE)");
    private static final Migration INDEX =
            Migration.expand(2, "add_index", "CREATE INDEX idx_p_inventory__sku ON p_inventory__products (sku)");

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

    @Test
    void applyInTheOrderOfTheirVersionsAndOnlyOnce() {
        assertThat(migrate(INDEX, CREATE)).isEqualTo(new Outcome.Migrated(2, 0));
        assertThat(migrate(CREATE, INDEX)).isEqualTo(new Outcome.Migrated(0, 0));

        assertThat(plugins.history(new PluginId("inventory")))
                .extracting(Applied::version, Applied::description, Applied::phase, Applied::checksum)
                .containsExactly(
                        tuple(1L, "create_products", Migration.Phase.EXPAND, Checksum.of(CREATE.up())),
                        tuple(2L, "add_index", Migration.Phase.EXPAND, Checksum.of(INDEX.up())));
    }

    @Test
    void leaveThePluginWithoutAnythingWhenThereAreNone() throws SQLException {
        assertThat(migrate()).isEqualTo(new Outcome.Migrated(0, 0));

        assertThat(database.text("SELECT count(*) FROM pg_namespace WHERE nspname LIKE 'p\\_%'"))
                .isEqualTo("0");
        assertThat(database.text("SELECT count(*) FROM pg_roles WHERE rolname LIKE 'm"
                        + database.opened().id() + "%'"))
                .isEqualTo("0");
    }

    @Test
    void nameTheTableThatLiesOutside() {
        Migration tokens = Migration.expand(2, "add_index", "CREATE TABLE tokens (id int)");

        assertThat(refusal(CREATE, tokens))
                .isEqualTo("Migration 2 (add_index) of plugin 'inventory' would create 'tokens', which is outside"
                        + " p_inventory__. Nothing was changed.");
        assertThat(plugins.history(new PluginId("inventory"))).isEmpty();
    }

    @Test
    void nameTheTableThatTheServerFoundOutside() {
        Migration tokens =
                Migration.expand(2, "add_index", "DO $$ BEGIN EXECUTE 'CREATE TABLE tokens (id int)'; END $$");

        assertThat(refusal(CREATE, tokens))
                .isEqualTo("Migration 2 (add_index) of plugin 'inventory' would create 'tokens', which is outside"
                        + " p_inventory__. Nothing was changed. The migration before it was applied and stays.");
        assertThat(plugins.history(new PluginId("inventory"))).hasSize(1);
    }

    @Test
    void refuseAnAppliedOneThatWasEdited() {
        migrate(CREATE);

        assertThat(refusal(Migration.expand(1, "create_products", CREATE.up() + " -- better")))
                .startsWith("Migration 1 (create_products) of plugin 'inventory' was applied with other text (sha256 ");
    }

    @Test
    void takeOtherLineEndingsForTheSameText() {
        migrate(Migration.expand(1, "create", "CREATE TABLE p_inventory__a (\nid int)"));

        assertThat(migrate(Migration.expand(1, "create", "CREATE TABLE p_inventory__a (\r\nid int)")))
                .isEqualTo(new Outcome.Migrated(0, 0));
    }

    @Test
    void refuseOneThatComesTooLate() {
        migrate(INDEX.version() == 2 ? Migration.expand(2, "first", CREATE.up()) : CREATE);

        assertThat(refusal(Migration.expand(1, "late", "SELECT 1"), Migration.expand(2, "first", CREATE.up())))
                .contains("Migration 1 (late)", "comes before migration 2, which is already applied");
    }

    @Test
    void refuseCodeThatForgotAnAppliedOne() {
        migrate(CREATE, INDEX);

        assertThat(refusal(CREATE, Migration.expand(3, "more", "SELECT 1")))
                .startsWith("Migration 2 (add_index) of plugin 'inventory' was applied, but this release");
    }

    @Test
    void letAnOlderReleaseRunOnTheNewerSchema() {
        migrate(CREATE, INDEX);

        assertThat(migrate(CREATE)).isEqualTo(new Outcome.Migrated(0, 0));
    }

    @Test
    void refuseTwoWithOneNumber() {
        assertThat(refusal(CREATE, Migration.expand(1, "again", "SELECT 1")))
                .contains("has the number of another migration");
    }

    @Test
    void sayInWhichLineAScriptFailed() {
        assertThat(refusal(
                        Migration.expand(1, "bad", "CREATE TABLE p_inventory__a (id int);\n\nSELECT * FROM nowhere")))
                .isEqualTo(
                        "Migration 1 (bad) of plugin 'inventory' failed: relation \"nowhere\" does not exist (line 3)."
                                + " Nothing was changed.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void leaveNothingWhicheverStatementFails(int failing) throws SQLException {
        List<String> statements = new ArrayList<>(List.of(
                "CREATE TABLE p_inventory__a (id int)",
                "INSERT INTO p_inventory__a VALUES (1)",
                "CREATE INDEX p_inventory__i ON p_inventory__a (id)",
                "ALTER TABLE p_inventory__a ADD COLUMN more text"));
        statements.add(failing, "SELECT 1 / 0");

        assertThat(refusal(Migration.expand(1, "bad", String.join(";\n", statements))))
                .contains("division by zero");

        assertThat(database.text("SELECT count(*) FROM pg_class WHERE relname LIKE 'p\\_inventory%'"))
                .isEqualTo("0");
        assertThat(migrate(CREATE)).isEqualTo(new Outcome.Migrated(1, 0));
    }

    @Test
    void mayUseWhatPostgresqlOffersInsideThePrefix() throws SQLException {
        assertThat(migrate(Migration.expand(1, "all", """
                        CREATE TABLE %s (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, note text UNIQUE, more serial);
                        CREATE TYPE p_inventory__mood AS ENUM ('good', 'bad');
                        CREATE TYPE p_inventory__pair AS (a int, b p_inventory__mood[]);
                        CREATE TYPE p_inventory__span AS RANGE (subtype = float8);
                        CREATE DOMAIN p_inventory__price AS numeric CHECK (value >= 0);
                        CREATE TABLE p_inventory__items (id bigserial PRIMARY KEY, price p_inventory__price, text_ text);
                        CREATE TABLE p_inventory__parts (n int) PARTITION BY RANGE (n);
                        CREATE TABLE p_inventory__parts_1 PARTITION OF p_inventory__parts FOR VALUES FROM (0) TO (9);
                        CREATE INDEX ON p_inventory__items (price);
                        CREATE INDEX idx_p_inventory__text ON p_inventory__items USING gin (to_tsvector('simple', text_));
                        CREATE VIEW p_inventory__cheap WITH (security_invoker = true) AS
                            SELECT * FROM p_inventory__items WHERE price < 10;
                        CREATE MATERIALIZED VIEW p_inventory__sums AS SELECT sum(price) FROM p_inventory__items;
                        CREATE FUNCTION p_inventory__touch() RETURNS trigger LANGUAGE plpgsql AS $$
                            BEGIN NEW.text_ := current_setting('mortise.tenant', true); RETURN NEW; END $$;
                        CREATE TRIGGER touch BEFORE INSERT ON p_inventory__items
                            FOR EACH ROW EXECUTE FUNCTION p_inventory__touch();
                        CREATE FUNCTION p_inventory__one() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END;
                        CREATE FUNCTION p_inventory__set(reset int) RETURNS int LANGUAGE plpgsql SET search_path = p_inventory AS $$
                            -- reset the prices; set them anew
                            BEGIN /* ; SET role */ SET LOCAL lock_timeout = 100; SET CONSTRAINTS ALL DEFERRED;
                            UPDATE p_inventory__items SET price = 1; INSERT INTO p_inventory__parts (n) VALUES (1);
                            IF reset = 1 THEN reset := 2; ELSE RAISE NOTICE 'Reset and set it'; END IF;
                            RETURN CASE WHEN true THEN reset END; END $$;
                        CREATE VIEW p_inventory__mine WITH (security_invoker = true) AS
                            SELECT id, current_setting('mortise.tenant', true) AS mine FROM p_inventory__items;
                        CREATE TABLE p_inventory__ours (tenant_id varchar(40), note text);
                        SELECT mortise.tenant_table('p_inventory__ours');
                        CREATE POLICY fewer ON p_inventory__ours AS RESTRICTIVE USING (note IS NOT NULL);
                        DO $$ BEGIN INSERT INTO p_inventory__items (price) VALUES (3); END $$;
                        COMMENT ON TABLE p_inventory__items IS 'it''s; here';
                        ALTER TABLE p_inventory__items RENAME COLUMN text_ TO label;
                        ALTER TABLE p_inventory__items RENAME TO p_inventory__things; DROP VIEW p_inventory__cheap
                        """.formatted(LONG_NAME))))
                .isEqualTo(new Outcome.Migrated(1, 0));
        assertThat(database.text("SELECT count(*) FROM p_inventory.p_inventory__things"))
                .isEqualTo("1");
    }

    @Test
    void waitForABusyTableNoLongerThanTheLimit() throws Exception {
        migrate(CREATE);
        Limits impatient = TestLimits.withLock(300);
        try (Connection busy = TestServer.connect(database.server());
                PooledDatabase other = TestDatabase.open(database.server(), impatient)) {
            busy.setAutoCommit(false);
            Sql.execute(busy, "LOCK TABLE p_inventory.p_inventory__products IN ACCESS SHARE MODE");
            Migration alter = Migration.expand(2, "alter", "ALTER TABLE p_inventory__products ADD COLUMN note text");

            Outcome outcome = new PostgresPluginDatabase(other)
                    .migrate(Plugins.identity("inventory"), List.of(CREATE, alter), Reach.ALL);

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                            refused.problem().message())
                    .contains("waited too long for a lock"));
            busy.rollback();
            assertThat(migrate(CREATE, alter)).isEqualTo(new Outcome.Migrated(1, 0));
        }
    }

    @Test
    void letOthersThroughWhileTheyWaitForABusyTable() throws Exception {
        migrate(CREATE);
        Limits patient = TestLimits.withLock(20_000);
        Migration alter = Migration.expand(2, "alter", "ALTER TABLE p_inventory__products ADD COLUMN note text");
        try (Connection busy = TestServer.connect(database.server());
                Connection reader = TestServer.connect(database.server());
                PooledDatabase other = TestDatabase.open(database.server(), patient)) {
            busy.setAutoCommit(false);
            Sql.execute(busy, "LOCK TABLE p_inventory.p_inventory__products IN ACCESS SHARE MODE");
            Sql.execute(reader, "SET lock_timeout = '5s'");

            CompletableFuture<Outcome> migration = CompletableFuture.supplyAsync(() -> new PostgresPluginDatabase(other)
                    .migrate(Plugins.identity("inventory"), List.of(CREATE, alter), Reach.ALL));
            await().until(() -> Sql.text(reader, "SELECT count(*) FROM pg_locks WHERE NOT granted")
                    .equals("1"));
            String rows = Sql.text(reader, "SELECT count(*) FROM p_inventory.p_inventory__products");

            assertThat(rows).isEqualTo("0");
            assertThat(migration).isNotDone();
            busy.rollback();
            assertThat(migration).succeedsWithin(Duration.ofSeconds(20)).isEqualTo(new Outcome.Migrated(1, 0));
        }
    }

    @Nested
    class AfterARun {
        @Test
        void theOwnerCannotLogIn() throws SQLException {
            migrate(CREATE);
            String owner = names().owner();

            assertThat(database.text("SELECT rolcanlogin FROM pg_roles WHERE rolname = '" + owner + "'"))
                    .isEqualTo("f");
            try (Connection superuser =
                    database.on().superuser(database.server().url())) {
                assertThat(Sql.text(
                                superuser,
                                "SELECT coalesce(rolpassword, 'none') FROM pg_authid WHERE rolname = '" + owner + "'"))
                        .isEqualTo("none");
            }
        }

        @Test
        void aPasswordThatAScriptGaveItsRoleIsGone() throws SQLException {
            migrate(Migration.expand(
                    1, "self", "DO $$ BEGIN EXECUTE 'ALTER ROLE CURRENT_USER PASSWORD ''known'''; END $$"));

            theOwnerCannotLogIn();
        }

        @Test
        void theSchemaBelongsToTheCore() throws SQLException {
            migrate(CREATE);

            assertThat(database.text("SELECT nspowner::regrole FROM pg_namespace WHERE nspname = 'p_inventory'"))
                    .isEqualTo("mortise");
        }
    }

    private PluginNames names() {
        return new PluginNames(new PluginId("inventory"), database.opened().id());
    }

    private Outcome migrate(Migration... migrations) {
        return plugins.migrate(Plugins.identity("inventory"), List.of(migrations), Reach.ALL);
    }

    private String refusal(Migration... migrations) {
        Outcome outcome = migrate(migrations);
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).problem().message();
    }
}
