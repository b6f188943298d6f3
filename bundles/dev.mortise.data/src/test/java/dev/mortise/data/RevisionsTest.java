// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Nodes read again what was changed, and nothing else. */
class RevisionsTest {
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final String ROW = """
            INSERT INTO mortise.plugin_instance (tenant_id, plugin_id, enabled) VALUES ('default', 'shop', true)
            """;

    private final AtomicInteger tenants = new AtomicInteger();
    private final AtomicInteger installations = new AtomicInteger();
    private final AtomicInteger settings = new AtomicInteger();
    private TestDatabase database;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        hear("tenants", tenants);
        hear("installations", installations);
        hear("settings", settings);
    }

    private void hear(String topic, AtomicInteger reads) {
        database.opened().revisions().hear(topic, SHORT, () -> reads.incrementAndGet() > 0);
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void onlyWhatChangedIsReadAgain() throws SQLException {
        database.execute("INSERT INTO mortise.tenant (id, slug, name) VALUES ('a', 'a', 'A'), ('b', 'b', 'B')");
        await().until(() -> tenants.get() == 2);

        database.execute(ROW);
        await().until(() -> installations.get() == 2 && settings.get() == 2);
        database.execute("UPDATE mortise.plugin_instance SET enabled = false");
        await().until(() -> installations.get() == 3);
        database.execute("UPDATE mortise.plugin_instance SET config_mark = 7");
        await().until(() -> settings.get() == 3);
        database.execute("UPDATE mortise.plugin_instance SET config = '{\"sealed\": \"anew\"}'");
        database.execute("UPDATE mortise.tenant SET name = 'Z' WHERE id = 'a'");
        await().until(() -> tenants.get() == 3);

        assertThat(installations).hasValue(3);
        assertThat(settings).hasValue(3);
    }

    @Test
    void aTransactionIsOneChangeHoweverMuchItWrites() throws SQLException {
        database.execute(
                "INSERT INTO mortise.tenant (id, slug, name) SELECT 't' || n, 't' || n, 'T' FROM generate_series(1, 500) n");

        assertThat(database.text("SELECT value FROM mortise.revision WHERE topic = 'tenants'"))
                .isEqualTo("1");
    }

    /** A sequence, or a trigger that does not wait for the end, would tell before there is something to read, or hold up others. */
    @Test
    void whatIsNotCommittedIsNotToldAndHoldsUpNobody() throws SQLException {
        try (Connection slow = TestServer.connect(database.server())) {
            slow.setAutoCommit(false);
            Sql.execute(slow, "INSERT INTO mortise.tenant (id, slug, name) VALUES ('slow', 'slow', 'S')");
            database.execute("SET lock_timeout = '2s';"
                    + " INSERT INTO mortise.tenant (id, slug, name) VALUES ('quick', 'quick', 'Q')");
            await().until(() -> tenants.get() == 2);
            await().during(Duration.ofMillis(300)).until(() -> tenants.get() == 2);
            slow.commit();
        }

        await().until(() -> tenants.get() == 3);
    }

    @Test
    void whatCouldNotBeReadIsTriedAgain() throws SQLException {
        AtomicInteger tries = new AtomicInteger();
        database.opened().revisions().hear("tenants", SHORT, () -> tries.incrementAndGet() > 3);

        await().until(() -> tries.get() == 4);
        await().during(Duration.ofMillis(300)).until(() -> tries.get() == 4);
    }

    @Test
    void whoeverWantsToReadAgainDoesOnce() throws SQLException {
        AtomicInteger reads = new AtomicInteger();
        Revisions.Hearing hearing =
                database.opened().revisions().hear("tenants", SHORT, () -> reads.incrementAndGet() > 0);

        hearing.again();

        await().until(() -> reads.get() == 2);
        await().during(Duration.ofMillis(300)).until(() -> reads.get() == 2);
    }

    @Test
    void oneThatFailsKeepsNobodyFromHearingAndIsTriedAgain() throws SQLException {
        AtomicInteger tries = new AtomicInteger();
        AtomicInteger behind = new AtomicInteger();
        database.opened().revisions().hear("tenants", SHORT, () -> {
            if (tries.incrementAndGet() == 2) {
                throw new NoClassDefFoundError("on purpose");
            }
            return true;
        });
        hear("tenants", behind);

        database.execute("INSERT INTO mortise.tenant (id, slug, name) VALUES ('a', 'a', 'A')");

        await().until(() -> tries.get() == 3 && behind.get() == 2);
    }

    @Test
    void whoeverIsClosedHearsNoMore() throws SQLException {
        AtomicInteger reads = new AtomicInteger();
        database.opened()
                .revisions()
                .hear("tenants", SHORT, () -> reads.incrementAndGet() > 0)
                .close();

        database.execute("INSERT INTO mortise.tenant (id, slug, name) VALUES ('a', 'a', 'A')");

        await().until(() -> tenants.get() == 2);
        assertThat(reads).hasValue(1);
    }
}
