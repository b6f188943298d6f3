// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptLintTest {
    private static final PluginNames NAMES = new PluginNames(new PluginId("work-er"), "0123abcd");

    @Test
    void namesTheOffendingNameItsLineAndABetterOne() {
        Optional<MigrationProblem> found = lint("SELECT 1;\n\nCREATE TABLE IF NOT EXISTS tokens (id int)");

        assertThat(found.orElseThrow().message())
                .isEqualTo("Migration 3 (step) of plugin 'work-er' would create 'tokens', which is outside p_work_er__."
                        + " Nothing was changed.");
        assertThat(found.orElseThrow().remedy()).isEqualTo("Name it 'p_work_er__tokens' (line 3).");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    CREATE UNIQUE INDEX i ON t (a)                        | would create 'i'
                    CREATE OR REPLACE FUNCTION public.f() RETURNS int     | would create 'public.f'
                    create unlogged table "A b" (id int)                  | would create 'A b'
                    ALTER TABLE p_work_er__a RENAME TO b                  | would create 'b'
                    ALTER INDEX IF EXISTS p_work_er__i RENAME TO i        | would create 'i'
                    ALTER TABLE p_work_er__a SET SCHEMA public            | would move an object to schema 'public'
                    ALTER TABLE p_work_er__a OWNER TO someone             | would give its objects away
                    CREATE TEMP TABLE p_work_er__a (id int)               | has CREATE TEMP
                    ALTER SYSTEM SET fsync = off                          | has ALTER SYSTEM
                    ALTER DEFAULT PRIVILEGES GRANT ALL ON TABLES TO x     | has ALTER DEFAULT
                    CREATE OR REPLACE RULE r AS ON INSERT TO a DO NOTHING | has CREATE RULE
                    NOTIFY someone                                        | has NOTIFY
                    CREATE INDEX CONCURRENTLY ON p_work_er__a (id)        | asks for CONCURRENTLY
                    SET LOCAL lock_timeout = 0                            | sets LOCK_TIMEOUT
                    SET mortise.tenant = 'other'                          | sets MORTISE
                    SELECT 1; commit                                      | would end or divide its transaction with COMMIT
                    """)
    void namesWhatCannotBeTaken(String script, String clause) {
        assertThat(lint(script).orElseThrow().message()).contains(clause);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-- CREATE TABLE tokens (id int)",
                "/* /* nested */ CREATE TABLE tokens (id int); */ SELECT 1",
                "SELECT 'CREATE TABLE tokens; COMMIT'",
                "DROP RULE r ON p_work_er__a",
                "SELECT E'it\\'s; COMMIT'",
                "SELECT $a$ ; COMMIT; $b$ ; $a$",
                "SELECT $1, a.\"b;c\" FROM p_work_er__a",
                "CREATE TABLE p_work_er.p_work_er__a (id int, \"end\" text)",
                "CREATE INDEX ON p_work_er__a (id)",
                "CREATE INDEX idx_p_work_er__a ON p_work_er__a (id)",
                "ALTER TABLE p_work_er__a RENAME COLUMN a TO b",
                "ALTER TABLE p_work_er__a SET SCHEMA p_work_er",
                "CREATE FUNCTION p_work_er__f() RETURNS int BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; END; SELECT 1",
                "CREATE FUNCTION p_work_er__f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RETURN 1; END; $$",
                "INSERT INTO p_work_er__a VALUES (U&'\\0074', B'1', X'1F', N'x')"
            })
    void takesWhatIsHarmless(String script) {
        assertThat(lint(script)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"'open", "\"open", "$a$ open", "/* open", "E'open\\", "U&\"", ";;;", "((("})
    void survivesWhatIsNotEvenSql(String script) {
        assertThat(lint(script)).isEmpty();
    }

    private static Optional<MigrationProblem> lint(String script) {
        return ScriptLint.check(NAMES, Migration.expand(3, "step", script));
    }
}
