// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.data.HostileScripts.Script;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a script tries: nothing is changed, nothing lies outside, and the server alone sees to it. */
class HostileMigrationsTest {
    // all that a script could leave behind, as one text
    private static final String STATE = """
            SELECT string_agg(thing, E'\\n' ORDER BY thing) FROM (
                SELECT 'class ' || oid || relname || relnamespace || relowner || coalesce(relacl::text, '') AS thing
                  FROM pg_class WHERE relkind <> 't' AND relnamespace <> 'pg_toast'::regnamespace
                UNION ALL SELECT 'proc ' || oid || proname || pronamespace || proowner || prosecdef || coalesce(proacl::text, '') FROM pg_proc
                UNION ALL SELECT 'type ' || oid || typname || typnamespace || typowner FROM pg_type
                UNION ALL SELECT 'namespace ' || oid || nspname || nspowner || coalesce(nspacl::text, '') FROM pg_namespace
                UNION ALL SELECT 'operator ' || oid FROM pg_operator
                UNION ALL SELECT 'cast ' || oid FROM pg_cast
                UNION ALL SELECT 'trigger ' || oid FROM pg_trigger
                UNION ALL SELECT 'event ' || oid FROM pg_event_trigger
                UNION ALL SELECT 'extension ' || oid FROM pg_extension
                UNION ALL SELECT 'large ' || oid FROM pg_largeobject_metadata
                UNION ALL SELECT 'default ' || oid || defaclacl::text FROM pg_default_acl
                UNION ALL SELECT 'role ' || oid || rolname || rolsuper || rolcanlogin || rolcreaterole || rolbypassrls || coalesce(rolconfig::text, '') FROM pg_roles
                UNION ALL SELECT 'member ' || roleid || ' ' || member FROM pg_auth_members
                UNION ALL SELECT 'database ' || oid || datname FROM pg_database
                UNION ALL SELECT 'setting ' || setdatabase || setrole || setconfig::text FROM pg_db_role_setting
                UNION ALL SELECT 'history ' || plugin_id || version FROM mortise._plugin_migrations
                UNION ALL SELECT 'tenant ' || id FROM mortise.tenant
                UNION ALL SELECT 'secret ' || id FROM p_victim.p_victim__secrets
            ) state
            """;

    abstract static class OnOneServer {
        TestDatabase database;
        PostgresPluginDatabase plugins;
        String before;
        private Connection owner;

        abstract Optional<TestServer> server();

        @BeforeAll
        void setUpTwoPlugins() throws Exception {
            Assumptions.assumeTrue(server().isPresent(), "needs: apt-get install postgresql-15");
            database = TestDatabase.on(server().get());
            plugins = new PostgresPluginDatabase(database.opened());
            migrate(
                    "victim",
                    "CREATE TABLE p_victim__secrets (id int PRIMARY KEY); INSERT INTO p_victim__secrets VALUES (7)");
            migrate("evil", "CREATE TABLE p_evil__first (id int)");
            owner = new OwnerLogin(database.opened().pool(), database.opened().connector()).open(names());
            before = database.text(STATE);
        }

        @AfterAll
        void close() throws SQLException {
            if (database != null) {
                owner.close();
                database.close();
            }
        }

        /** The readable check before the run is no gate: without it the server must refuse the same. */
        @ParameterizedTest
        @MethodSource("dev.mortise.data.HostileScripts#seenByTheServer")
        void theServerAloneRefusesAScriptThat(Script script) throws Exception {
            MigrationRun.Result result = new MigrationRun(names(), Limits.DEFAULT)
                    .run(owner, new ReleaseMigrations(Plugins.identity("evil"), migrations(script), Reach.ALL));
            Sql.execute(owner, "DISCARD ALL");

            assertThat(result.problem()).isPresent();
            assertThat(database.text(STATE)).isEqualTo(before);
        }

        private PluginNames names() {
            return new PluginNames(new PluginId("evil"), database.opened().id());
        }

        static List<Migration> migrations(Script script) {
            return List.of(
                    Plugins.first("CREATE TABLE p_evil__first (id int)"), Migration.expand(2, "evil", script.sql()));
        }

        private void migrate(String plugin, String script) {
            assertThat(plugins.migrate(Plugins.identity(plugin), List.of(Plugins.first(script)), Reach.ALL))
                    .isEqualTo(new Outcome.Migrated(1, 0));
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnTheEmbeddedServer extends OnOneServer {
        @Override
        Optional<TestServer> server() {
            return Optional.of(TestServer.embedded());
        }

        @ParameterizedTest
        @MethodSource("dev.mortise.data.HostileScripts#all")
        void refusesAScriptThat(Script script) throws SQLException {
            Outcome outcome = plugins.migrate(Plugins.identity("evil"), migrations(script), Reach.ALL);

            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> assertThat(
                            refused.problem().message())
                    .startsWith("Migration 2 (evil) of plugin 'evil' ")
                    .endsWith(". Nothing was changed."));
            assertThat(database.text(STATE)).isEqualTo(before);
        }
    }

    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class OnDebiansServer extends OnOneServer {
        @Override
        Optional<TestServer> server() {
            return TestServer.debian();
        }
    }
}
