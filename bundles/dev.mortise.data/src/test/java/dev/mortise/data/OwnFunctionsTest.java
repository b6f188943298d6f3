// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a plugin's own functions leave on a session, which no gate can find in their texts. */
class OwnFunctionsTest {
    private static final String ORDERS = "SELECT string_agg(what, ',' ORDER BY what) FROM p_shop__orders";
    // with no word that alone would have the session reset
    private static final String SETTINGS = "SELECT current_setting('search_path') || current_setting('TimeZone')"
            + " || current_setting('statement_timeout')";
    private static final String PUT = """
            CREATE FUNCTION p_shop__put(name text, value text) RETURNS text LANGUAGE plpgsql AS $$
                DECLARE done text;
                BEGIN EXECUTE 'SELECT set_' || 'config($1, $2, false)' INTO done USING name, value; RETURN done; END $$
            """;
    private static final String FUNCTIONS = """
            CREATE FUNCTION p_shop__on_rates() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN PERFORM p_shop__put('mortise.tenant', NEW.code); RETURN NEW; END $$;
            CREATE TRIGGER switch BEFORE INSERT ON p_shop__rates FOR EACH ROW EXECUTE FUNCTION p_shop__on_rates();
            CREATE AGGREGATE p_shop__all(text, text) (SFUNC = p_shop__step, STYPE = text, INITCOND = 'mortise.tenant');
            """;
    private static final String STEP = """
            CREATE FUNCTION p_shop__step(name text, a text, b text) RETURNS text LANGUAGE plpgsql AS $$
                BEGIN EXECUTE 'SET ' || name || ' = ' || quote_literal(a || b); RETURN name; END $$;
            """;

    private PluginFixture shop;

    @AfterEach
    void close() throws SQLException {
        shop.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT p_shop__put('mor' || 'tise.tenant', 'beta')",
                "SELECT p_shop__all('be', 'ta')",
                "INSERT INTO p_shop__rates (code) VALUES ('beta') RETURNING code",
                "SELECT p_shop__put('search_path', 'pg_catalog')",
                "SELECT p_shop__put('TimeZone', 'Asia/Tokyo')",
                "SELECT p_shop__put('statement_timeout', '1h')"
            })
    void leaveNothingToTheNextBorrower(String sql) throws Exception {
        shop = new PluginFixture(TestServer.embedded(), TestLimits.withPool(1));
        shop.migrate(PUT + ";" + STEP + FUNCTIONS);
        String before = shop.text("acme", SETTINGS);

        shop.text("acme", sql);

        assertThat(shop.text("acme", ORDERS)).isEqualTo("for acme");
        assertThat(shop.text("acme", SETTINGS)).isEqualTo(before);
    }

    /** Another version brings the first functions, while this one has connections. */
    @Test
    void areFoundWhenTheyComeLater() throws Exception {
        shop = new PluginFixture(TestServer.embedded(), TestLimits.withPool(2));
        shop.text("acme", ORDERS);
        // at once: a migration may take longer than the pause between two looks
        shop.database.execute("SET search_path = p_shop; " + PUT + "; GRANT EXECUTE ON FUNCTION p_shop__put TO PUBLIC");
        shop.as("acme", other -> {
            try (Connection changed = borrowed()) {
                return Sql.text(changed, "SELECT p_shop__put('mor' || 'tise.tenant', 'beta')");
            }
        });

        await().pollDelay(OwnFunctions.EVERY).until(() -> true);
        // at its return they are found; the other one has been back since
        shop.text("acme", "SELECT 1");

        shop.as("acme", one -> {
            try (Connection other = borrowed()) {
                assertThat(Sql.text(one, ORDERS)).isEqualTo("for acme");
                return assertThat(Sql.text(other, ORDERS)).isEqualTo("for acme");
            }
        });
    }

    private Connection borrowed() throws SQLException {
        try {
            return Plugins.callFor("acme", () -> shop.source().getConnection());
        } catch (SQLException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
