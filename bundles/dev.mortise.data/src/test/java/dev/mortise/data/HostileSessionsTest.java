// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What a process of tenant acme reaches with the login that it is given, whatever it says. */
class HostileSessionsTest {
    private static final String SHELVES = """
            CREATE TABLE p_shop__halls (id int PRIMARY KEY);
            CREATE TABLE p_shop__shelves (id int PRIMARY KEY, hall int REFERENCES p_shop__halls ON DELETE CASCADE);
            INSERT INTO p_shop__halls VALUES (1); INSERT INTO p_shop__shelves VALUES (7, 1);
            ALTER TABLE p_shop__orders ADD shelf int DEFAULT 7
                REFERENCES p_shop__shelves (id) ON DELETE CASCADE ON UPDATE SET NULL;
            """;

    private static final List<String> LOOKS = List.of(
            "SELECT coalesce(string_agg(what, ' '), 'none') FROM p_shop.p_shop__orders WHERE what LIKE '%beta%'",
            "SELECT coalesce(string_agg(what, ' '), 'none') FROM p_shop.p_shop__orders WHERE tenant_id = 'beta'",
            "SELECT CASE WHEN query_to_xml('TABLE p_shop.p_shop__orders', true, true, '')::text LIKE '%beta%'"
                    + " THEN 'seen' ELSE 'none' END",
            "SELECT coalesce(string_agg(most_common_vals::text, ' '), 'none') FROM pg_stats"
                    + " WHERE tablename = 'p_shop__orders'");

    private static List<String> said() throws IOException {
        try (InputStream source = HostileSessionsTest.class.getResourceAsStream("hostile-sessions.sql")) {
            return new String(source.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .toList();
        }
    }

    abstract static class Cases extends LoginCases {
        /** In one database: none of it may leave anything for the next either. */
        @Test
        void reachesNoRowOfAnotherTenant() throws Exception {
            shop.migrate(SHELVES);
            for (String said : said()) {
                attack(said);
                closeSessions();
            }
        }

        /** What looks for rows would find them. */
        @Test
        void seesRowsWhereTheyAreItsOwn() throws Exception {
            Connection beta = session(of("beta"));

            for (String look : LOOKS.subList(0, 3)) {
                assertThat(answer(beta, look)).as(look).isIn("for beta", "seen");
            }
        }

        private void attack(String said) throws SQLException {
            Connection beta = session(of("beta"));
            Connection acme = acme();

            say(acme, said);

            for (String look : LOOKS) {
                assertThat(answer(acme, look)).as("%s; %s", said, look).isIn("none", "refused");
            }
            assertThat(all()).as(said).isEqualTo("for acme acme, for beta beta");
            assertThat(Sql.text(beta, ORDERS)).as(said).isEqualTo("for beta");
            assertThat(Sql.text(session(of("acme")), ORDERS)).as(said).isEqualTo("for acme");
        }

        /** Each by itself: the server would do all of what is sent together, or nothing. */
        private void say(Connection acme, String said) {
            String words = said.replace("{rows}", group("shop_rows"))
                    .replace("{app}", group("shop_app"))
                    .replace("{owner}", group("shop_owner"))
                    .replace("{beta}", of("beta").user());
            for (String statement : words.startsWith("DO ") ? List.of(words) : List.of(words.split("; "))) {
                answer(acme, statement);
            }
        }

        private static String answer(Connection acme, String statement) {
            try (var one = acme.createStatement()) {
                if (!one.execute(statement)) {
                    return "done";
                }
                try (var rows = one.getResultSet()) {
                    return rows.next() ? String.valueOf(rows.getString(1)) : "none";
                }
            } catch (SQLException e) {
                return "refused";
            }
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
