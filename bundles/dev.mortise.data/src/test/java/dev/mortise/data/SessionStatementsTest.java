// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStatementsTest {
    private final SessionStatements statements = new SessionStatements();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT what FROM p_shop__orders WHERE id = ?",
                "  -- what there is\n/* SET /* and */ more */ select 1",
                "(SELECT 1) UNION (SELECT 2)",
                "WITH some AS (SELECT 1) INSERT INTO p_shop__orders (id) SELECT * FROM some RETURNING id",
                "INSERT INTO p_shop__orders (what) VALUES ('SET a = b');",
                "UPDATE p_shop__orders SET what = ?",
                "delete from p_shop__orders",
                "MERGE INTO p_shop__orders o USING p_shop__rates r ON false WHEN NOT MATCHED THEN DO NOTHING",
                "VALUES (1)"
            })
    void letsPassWhatIsAboutRows(String sql) {
        assertThat(statements.leaveSomething(sql)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/* /* */ */ SET TimeZone='Asia/Tokyo'",
                "/* /* */ */ SET U&\"mort\\0069se\".tenant='t2'",
                "UPDATE pg_settings SET setting=? WHERE name=?",
                "UPDATE \"PG_SETTINGS\" SET setting=? WHERE name=?",
                "SELECT pg_catalog.U&\"set\\005fconfig\"(?,?,false)",
                "SELECT pg_catalog.u&\"set!005fconfig\" uescape '!' (?,?,false)",
                "SELECT query_to_xml(?, true, true, '')",
                "SELECT 1; SET a = b",
                "EXECUTE kept",
                "SHOW search_path",
                "BEGIN",
                "{call f(?)}",
                "'select'",
                "\"select\" set"
            })
    void doubtsAllElse(String sql) {
        assertThat(statements.leaveSomething(sql)).isTrue();
        assertThat(statements.leaveSomething(sql)).as("said again").isTrue();
    }
}
