// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.data.SqlStatement.Name;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads a script before it runs, and names the first statement that can't be taken, with its line. It is no gate: the
 * server judges what a script really did.
 */
final class ScriptLint {
    private static final List<String> TRANSACTION =
            List.of("COMMIT", "ROLLBACK", "BEGIN", "START", "END", "ABORT", "SAVEPOINT", "RELEASE");
    private static final List<String> NEVER = List.of(
            "NOTIFY",
            "LISTEN",
            "UNLISTEN",
            "GRANT",
            "REVOKE",
            "COPY",
            "VACUUM",
            "CHECKPOINT",
            "LOAD",
            "DISCARD",
            "REASSIGN",
            "SECURITY",
            "IMPORT");
    private static final List<String> CHANGES = List.of("CREATE", "ALTER", "DROP");
    private static final List<String> NOT_CHANGED = List.of(
            "DATABASE",
            "ROLE",
            "USER",
            "GROUP",
            "TABLESPACE",
            "SCHEMA",
            "EXTENSION",
            "EVENT",
            "SERVER",
            "FOREIGN",
            "PUBLICATION",
            "SUBSCRIPTION",
            "LANGUAGE",
            "TRUSTED",
            "CAST",
            "OPERATOR",
            "COLLATION",
            "CONVERSION",
            "TEXT",
            "ACCESS",
            "TRANSFORM",
            "STATISTICS",
            "SYSTEM",
            "DEFAULT",
            "TEMP",
            "TEMPORARY");
    private static final List<String> NOT_SET =
            List.of("ROLE", "LOCK_TIMEOUT", "STATEMENT_TIMEOUT", "TRANSACTION_TIMEOUT", "MORTISE");
    private static final List<String> BEFORE_KIND =
            List.of("OR", "REPLACE", "UNIQUE", "UNLOGGED", "RECURSIVE", "MATERIALIZED");
    private static final List<String> NAMED =
            List.of("TABLE", "VIEW", "SEQUENCE", "INDEX", "FUNCTION", "PROCEDURE", "AGGREGATE", "TYPE", "DOMAIN");
    private static final List<String> BEFORE_NAME = List.of("IF", "NOT", "EXISTS", "ONLY");
    private static final int LONGEST = 55;
    private static final int CUT = 63;

    private final PluginNames names;
    private final MigrationSentence sentence;
    private final Pattern allowed;

    private ScriptLint(PluginNames names, MigrationSentence sentence) {
        this.names = names;
        this.sentence = sentence;
        this.allowed = Pattern.compile("(idx_)?" + names.prefix() + "[a-z0-9_]+");
    }

    /** Answers the first thing in the migration's script that the server would not take. */
    static Optional<MigrationProblem> check(PluginNames names, Migration migration) {
        return migration.kind() == Migration.Kind.CONCURRENT
                ? ConcurrentStatement.read(names, migration).problem()
                : check(names, MigrationSentence.of(names.plugin(), migration), migration.up());
    }

    /** Answers the first thing in a script that the server would not take. */
    static Optional<MigrationProblem> check(PluginNames names, MigrationSentence sentence, String script) {
        ScriptLint lint = new ScriptLint(names, sentence);
        return SqlStatement.of(script).stream()
                .map(lint::judge)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<MigrationProblem> judge(SqlStatement statement) {
        return kind(statement)
                .or(() -> settings(statement))
                .or(() -> created(statement))
                .or(() -> altered(statement))
                .or(() -> cut(statement));
    }

    private Optional<MigrationProblem> kind(SqlStatement statement) {
        if (statement.isOneOf(0, TRANSACTION) || statement.has(0, "PREPARE", "TRANSACTION")) {
            return Optional.of(problem(
                    statement,
                    "would end or divide its transaction with " + keyword(statement, 0),
                    "Leave it out: a migration is all or nothing"));
        }
        if (statement.find("CONCURRENTLY") >= 0 && (statement.isOneOf(0, CHANGES) || statement.has(0, "REINDEX"))) {
            return Optional.of(problem(
                    statement,
                    "asks for CONCURRENTLY, which no transaction allows",
                    "Leave that word out; one statement that goes up may have it, in a file of its own that ends with"
                            + " __concurrent.sql"));
        }
        boolean change = statement.isOneOf(0, CHANGES);
        int kind = change ? statement.skip(1, List.of("OR", "REPLACE", "GLOBAL", "LOCAL")) : 1;
        if (statement.isOneOf(0, NEVER) || (change && statement.isOneOf(kind, NOT_CHANGED))) {
            String words = keyword(statement, 0) + (change ? " " + keyword(statement, kind) : "");
            return Optional.of(problem(statement, "has " + words + ", which plugins may not use", "Leave it out"));
        }
        return statement.has(0, "CREATE") ? rule(statement, kind) : Optional.empty();
    }

    /** What a rule adds to a statement runs as the owner of the table, past the policies of tenants. */
    private Optional<MigrationProblem> rule(SqlStatement statement, int kind) {
        return statement.has(kind, "RULE")
                ? Optional.of(
                        problem(statement, "has CREATE RULE, which plugins may not use", "Write a trigger instead"))
                : Optional.empty();
    }

    private Optional<MigrationProblem> settings(SqlStatement statement) {
        int name = statement.skip(1, List.of("SESSION", "LOCAL"));
        if (statement.has(0, "SET") && (statement.isOneOf(name, NOT_SET) || statement.has(name, "AUTHORIZATION"))) {
            return Optional.of(
                    problem(statement, "sets " + keyword(statement, name) + ", which plugins may not", "Leave it out"));
        }
        return Optional.empty();
    }

    private Optional<MigrationProblem> created(SqlStatement statement) {
        int kind = statement.skip(1, BEFORE_KIND);
        if (!statement.has(0, "CREATE") || !statement.isOneOf(kind, NAMED)) {
            return Optional.empty();
        }
        int place = statement.skip(kind + 1, BEFORE_NAME);
        if (statement.has(kind, "INDEX") && statement.has(place, "ON")) {
            return Optional.empty();
        }
        int longest = statement.has(kind, "INDEX") || statement.has(kind, "SEQUENCE") ? CUT : LONGEST;
        return statement.name(place).flatMap(name -> outside(name).or(() -> tooLong(name, longest)));
    }

    private Optional<MigrationProblem> altered(SqlStatement statement) {
        int kind = statement.skip(1, BEFORE_KIND);
        if (!statement.has(0, "ALTER") || !statement.isOneOf(kind, NAMED)) {
            return Optional.empty();
        }
        int rename = statement.find("RENAME", "TO");
        int move = statement.find("SET", "SCHEMA");
        if (statement.find("OWNER", "TO") >= 0) {
            return Optional.of(problem(statement, "would give its objects away with OWNER TO", "Leave it out"));
        }
        if (move >= 0) {
            return statement
                    .name(move + 2)
                    .filter(schema -> !schema.last().equals(names.schema()))
                    .map(schema ->
                            problem(statement, "would move an object to schema '" + schema + "'", "Leave it out"));
        }
        return rename < 0 ? Optional.empty() : statement.name(rename + 2).flatMap(this::outside);
    }

    private Optional<MigrationProblem> cut(SqlStatement statement) {
        return statement.tokens().stream()
                .filter(token -> token.identifier() && token.bytes() > CUT)
                .findFirst()
                .map(token -> sentence.problem(
                        "has the name '" + token.text() + "', which PostgreSQL would cut at " + CUT + " bytes",
                        "Shorten it (line " + token.line() + ")."));
    }

    private Optional<MigrationProblem> outside(Name name) {
        boolean elsewhere = name.schema().isPresent() && !name.schema().get().equals(names.schema());
        if (!elsewhere && allowed.matcher(name.last()).matches()) {
            return Optional.empty();
        }
        String shown = elsewhere ? name.toString() : name.last();
        return Optional.of(sentence.problem(
                "would create '" + shown + "', which is outside " + names.prefix(),
                "Name it '" + names.prefix() + name.last() + "' (line " + name.line() + ")."));
    }

    private Optional<MigrationProblem> tooLong(Name name, int longest) {
        int bytes = name.last().getBytes(StandardCharsets.UTF_8).length;
        if (bytes <= longest) {
            return Optional.empty();
        }
        return Optional.of(sentence.problem(
                "would create '" + name.last() + "', whose name has " + bytes + " bytes; " + longest + " are allowed",
                "Shorten it (line " + name.line() + ")."));
    }

    private MigrationProblem problem(SqlStatement statement, String clause, String remedy) {
        return sentence.problem(clause, remedy + " (line " + statement.line() + ").");
    }

    private static String keyword(SqlStatement statement, int place) {
        return statement.tokens().get(place).text().toUpperCase(Locale.ROOT);
    }
}
