// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.data.TenantTables.Table;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The core removes rows of a tenant, and no code of a plugin that runs meanwhile gets at what is the core's. */
class RemovalRightsTest {
    private static final TenantId ACME = new TenantId("acme");
    private static final String STEAL = "CREATE TABLE public.stolen AS SELECT * FROM mortise.token";
    private static final String TRIGGER = """
            CREATE TABLE p_shop__passes (number serial);
            CREATE FUNCTION p_shop__evil() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN %s; RETURN OLD; END $$;
            CREATE %s FOR EACH ROW EXECUTE FUNCTION p_shop__evil();
            """;

    abstract static class Cases extends DatabaseCases {
        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "SET LOCAL ROLE NONE; | TRIGGER one BEFORE DELETE ON p_shop__orders | cannot set parameter \"role\"",
                    "SET LOCAL ROLE NONE; | TRIGGER one AFTER DELETE ON p_shop__orders | cannot set parameter \"role\"",
                    "'' | CONSTRAINT TRIGGER one AFTER DELETE ON p_shop__orders DEFERRABLE INITIALLY DEFERRED"
                            + " | permission denied"
                })
        void areNotThoseOfTriggers(String before, String trigger, String refusal) throws Exception {
            try (PluginFixture shop = new PluginFixture(server().orElseThrow(), Limits.DEFAULT)) {
                shop.migrate(TRIGGER.formatted(before + STEAL, trigger));

                assertThatThrownBy(() -> removeOrders(shop)).hasStackTraceContaining(refusal);
                assertThat(stolen(shop)).isFalse();
            }
        }

        /** Before version 18 such triggers would run as whoever deletes the tenant. */
        @Test
        void areNotThoseOfTriggersThatTheTenantsKeyWouldFire() throws Exception {
            try (PluginFixture shop = new PluginFixture(server().orElseThrow(), Limits.DEFAULT)) {
                shop.migrate(TRIGGER.formatted(
                        "IF current_user LIKE '%_owner' THEN INSERT INTO p_shop__orders (what) VALUES ('again');"
                                + " INSERT INTO p_shop__passes DEFAULT VALUES; ELSE " + STEAL + "; END IF",
                        "TRIGGER one AFTER DELETE ON p_shop__orders"));
                PostgresTenantDirectory tenants = new PostgresTenantDirectory(shop.opened, Duration.ofMillis(100));
                try {
                    tenants.delete(ACME);
                    await().atMost(Duration.ofSeconds(60)).until(() -> passes(shop) > 10);
                } finally {
                    tenants.stop();
                }

                assertThat(tenants.find("acme")).isPresent();
                assertThat(stolen(shop)).isFalse();
            }
        }

        private static long removeOrders(PluginFixture shop) {
            TenantTables tables = new TenantTables(shop.opened);
            return shop.opened.transaction("orders are being removed", connection -> {
                Table orders = tables.all(connection).stream()
                        .filter(table -> table.name().endsWith("orders"))
                        .findFirst()
                        .orElseThrow();
                return tables.remove(connection, orders, ACME, 10);
            });
        }

        private static long passes(PluginFixture shop) throws SQLException {
            return Long.parseLong(shop.database.text("SELECT count(*) FROM p_shop.p_shop__passes"));
        }

        private static boolean stolen(PluginFixture shop) throws SQLException {
            return !shop.database
                    .text("SELECT to_regclass('public.stolen') IS NULL")
                    .equals("t");
        }
    }

    @Nested
    class OnTheServerThatIsBrought extends Cases {
        @Override
        Optional<TestServer> server() {
            return Optional.of(TestServer.embedded());
        }
    }

    @Nested
    class OnPostgres15 extends Cases {
        @Override
        Optional<TestServer> server() {
            return TestServer.debian();
        }
    }
}
