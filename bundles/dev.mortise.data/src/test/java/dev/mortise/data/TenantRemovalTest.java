// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.data.Migration;
import dev.mortise.kernel.port.PluginDatabase.Outcome;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import dev.mortise.kernel.port.TenantStore.Holding;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tables of a plugin whose rows refer to one another. */
class TenantRemovalTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final int ROWS = 2 * TenantRemoval.BATCH + 500;
    private static final String TABLES = """
            CREATE TABLE p_linked__customers (id int, next int, PRIMARY KEY (id));
            SELECT mortise.tenant_table('p_linked__customers');
            ALTER TABLE p_linked__customers ADD UNIQUE (tenant_id, id);
            CREATE TABLE p_linked__orders (id int PRIMARY KEY, customer int);
            SELECT mortise.tenant_table('p_linked__orders');
            ALTER TABLE p_linked__orders ADD UNIQUE (tenant_id, id);
            CREATE INDEX ON p_linked__orders (tenant_id, customer);
            ALTER TABLE p_linked__orders ADD FOREIGN KEY (tenant_id, customer)
                REFERENCES p_linked__customers (tenant_id, id);
            CREATE TABLE p_linked__zones (id int PRIMARY KEY, place int) PARTITION BY RANGE (id);
            SELECT mortise.tenant_table('p_linked__zones');
            CREATE TABLE p_linked__zone1 PARTITION OF p_linked__zones FOR VALUES FROM (0) TO (100000);
            SELECT mortise.tenant_table('p_linked__zone1');
            ALTER TABLE p_linked__zones ADD FOREIGN KEY (tenant_id, place) REFERENCES p_linked__orders (tenant_id, id);
            """;
    private static final String TREE = """
            CREATE TABLE p_linked__tree (id int PRIMARY KEY, parent int);
            SELECT mortise.tenant_table('p_linked__tree');
            ALTER TABLE p_linked__tree ADD UNIQUE (tenant_id, id);
            CREATE INDEX ON p_linked__tree (tenant_id, parent);
            ALTER TABLE p_linked__tree ADD FOREIGN KEY (tenant_id, parent) REFERENCES p_linked__tree (tenant_id, id);
            """;
    private static final String CIRCLE = """
            ALTER TABLE p_linked__customers ADD FOREIGN KEY (tenant_id, next) REFERENCES p_linked__orders (tenant_id, id);
            """;

    private PluginFixture shop;
    private PostgresTenantDirectory tenants;

    @BeforeEach
    void open() throws SQLException {
        shop = new PluginFixture(TestServer.embedded(), Limits.DEFAULT);
        tenants = new PostgresTenantDirectory(shop.opened, Duration.ofMinutes(1));
    }

    @AfterEach
    void close() throws SQLException {
        tenants.stop();
        shop.close();
    }

    @Test
    void looksAgainWhateverALookCameTo() {
        AtomicInteger looks = new AtomicInteger();
        Supplier<List<TenantId>> leaving = () -> {
            if (looks.incrementAndGet() < 3) {
                throw new NoClassDefFoundError("on purpose");
            }
            return List.of();
        };
        try (TenantRemoval removal = new TenantRemoval(shop.opened, new TenantTables(shop.opened), leaving, () -> {})) {
            removal.begin(Duration.ofMillis(20));

            await().until(() -> looks.get() > 3);
        }
    }

    @Test
    void removesWhatRefersBeforeWhatIsReferredTo() throws SQLException {
        migrate(TABLES);
        fill();

        deleted();

        assertThat(left("p_linked__customers")).isEqualTo("beta");
        assertThat(left("p_linked__zones")).isEqualTo("beta");
    }

    @Test
    void removesRowsWhateverTheirColumnIsCalled() throws SQLException {
        migrate("""
                CREATE TABLE p_linked__odd (
                    id int PRIMARY KEY,
                    "x$mortise$ $1 {name} %s" text REFERENCES mortise.tenant (id) ON DELETE CASCADE);
                CREATE INDEX idx_p_linked__odd ON p_linked__odd ("x$mortise$ $1 {name} %s");
                """);

        deleted();
    }

    @Test
    void removesRowsThatReferToRowsOfTheSameTable() throws SQLException {
        migrate(TREE);
        for (String tenant : List.of("beta", "acme")) {
            // in the order in which a parent goes before its children
            execute("INSERT INTO p_linked.p_linked__tree (id, parent, tenant_id)"
                    + " SELECT %2$d + n, CASE WHEN n > 1 THEN %2$d + n / 2 END, '%1$s' FROM generate_series(1, %3$d) n"
                            .formatted(tenant, tenant.equals("acme") ? ROWS : 0, ROWS));
        }

        deleted();

        assertThat(left("p_linked__tree")).isEqualTo("beta");
    }

    @Test
    void removesTablesThatReferToOneAnother() throws SQLException {
        migrate(TABLES, CIRCLE);
        fill();
        execute("UPDATE p_linked.p_linked__customers SET next = id");

        deleted();

        assertThat(left("p_linked__orders")).isEqualTo("beta");
    }

    /** Numbers are those of a tenant: what a trigger finds by a number alone must be of the tenant that goes. */
    @Test
    void letsTriggersOfThePluginActOnRowsOfThatTenantAlone() throws SQLException {
        migrate("""
                CREATE TABLE p_linked__notes (number int);
                SELECT mortise.tenant_table('p_linked__notes');
                CREATE TABLE p_linked__parts (number int);
                SELECT mortise.tenant_table('p_linked__parts');
                CREATE FUNCTION p_linked__gone() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN DELETE FROM p_linked__notes WHERE number = OLD.number; RETURN OLD; END $$;
                CREATE TRIGGER gone BEFORE DELETE ON p_linked__parts FOR EACH ROW EXECUTE FUNCTION p_linked__gone();
                """);
        for (String table : List.of("notes", "parts")) {
            execute("INSERT INTO p_linked.p_linked__" + table + " (number, tenant_id) VALUES (1, 'acme'), (1, 'beta')");
        }

        deleted();

        assertThat(left("p_linked__notes")).isEqualTo("beta");
    }

    /** A trigger may write rows into a table that was emptied before. */
    @Test
    void removesWhatTriggersWriteForRowsThatGo() throws SQLException {
        migrate("""
                CREATE TABLE p_linked__audit (number int);
                SELECT mortise.tenant_table('p_linked__audit');
                CREATE TABLE p_linked__parts (number int);
                SELECT mortise.tenant_table('p_linked__parts');
                CREATE FUNCTION p_linked__gone() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN INSERT INTO p_linked__audit VALUES (OLD.number); RETURN OLD; END $$;
                CREATE TRIGGER gone AFTER DELETE ON p_linked__parts FOR EACH ROW EXECUTE FUNCTION p_linked__gone();
                """);
        execute("INSERT INTO p_linked.p_linked__parts (number, tenant_id) VALUES (1, 'acme'), (1, 'beta')");

        deleted();

        assertThat(left("p_linked__audit")).isEmpty();
        assertThat(left("p_linked__parts")).isEqualTo("beta");
    }

    @Test
    void removesAllThatItCanWhenATableHoldsTheRest() throws SQLException {
        migrate(TABLES);
        fill();
        execute(
                "CREATE TABLE public.held (customer int REFERENCES p_linked.p_linked__customers (id));"
                        + "INSERT INTO public.held SELECT id FROM p_linked.p_linked__customers WHERE tenant_id = 'acme' LIMIT 1");

        tenants.delete(ACME);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> left("p_linked__orders").equals("beta"));
        assertThat(tenants.find("acme")).isPresent();
        execute("DELETE FROM public.held");

        // the other one may still be at it, and comes again in a minute only
        PostgresTenantDirectory again = new PostgresTenantDirectory(shop.opened, Duration.ofMillis(100));
        try {
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> again.find("acme").isEmpty());
        } finally {
            again.stop();
        }
    }

    @Test
    void leavesTablesAloneThatAreNoPlugins() throws SQLException {
        migrate(TABLES);
        fill();
        execute("CREATE TABLE public.bills (tenant text REFERENCES mortise.tenant (id));"
                + " INSERT INTO public.bills VALUES ('acme'), ('beta')");

        assertThat(tenants.holdings(ACME)).extracting(Holding::table).doesNotContain("public.bills");
        tenants.delete(ACME);
        await().atMost(Duration.ofSeconds(30))
                .until(() -> left("p_linked__customers").equals("beta"));
        execute("DELETE FROM public.bills WHERE tenant = 'acme'");

        deleted();
    }

    private void deleted() {
        assertThat(tenants.delete(ACME)).isTrue();
        await().atMost(Duration.ofSeconds(30)).until(() -> tenants.find("acme").isEmpty());
    }

    private void migrate(String... scripts) {
        List<Migration> migrations = java.util.stream.IntStream.range(0, scripts.length)
                .mapToObj(at -> Migration.expand(at + 1, "m" + at, scripts[at]))
                .toList();
        assertThat(new PostgresPluginDatabase(shop.opened).migrate(Plugins.identity("linked"), migrations, Reach.ALL))
                .isEqualTo(new Outcome.Migrated(scripts.length, 0));
    }

    private void fill() throws SQLException {
        for (String tenant : List.of("beta", "acme")) {
            int from = tenant.equals("acme") ? ROWS : 0;
            for (String table : List.of("customers (id", "orders (customer, id", "zones (place, id")) {
                String value = table.contains(",") ? "n, n" : "n";
                execute("INSERT INTO p_linked.p_linked__" + table + ", tenant_id) SELECT " + value + ", '" + tenant
                        + "' FROM generate_series(" + (from + 1) + ", " + (from + ROWS) + ") n");
            }
        }
    }

    /** Runs as the superuser, whom row-level security hides nothing from. */
    private void execute(String sql) throws SQLException {
        try (var superuser = shop.database.on().superuser(shop.database.server().url())) {
            Sql.execute(superuser, sql);
        }
    }

    private String left(String table) throws SQLException {
        try (var superuser = shop.database.on().superuser(shop.database.server().url())) {
            return Sql.text(
                    superuser, "SELECT coalesce(string_agg(DISTINCT tenant_id, ','), '') FROM p_linked." + table);
        }
    }
}
