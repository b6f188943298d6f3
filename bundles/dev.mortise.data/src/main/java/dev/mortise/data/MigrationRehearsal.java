// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.data.Migration;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.model.Rehearsal;
import dev.mortise.kernel.model.Rehearsal.Result;
import dev.mortise.kernel.model.Rehearsal.Step;
import dev.mortise.kernel.model.Rehearsal.Trouble;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Tries out the migrations of a release: all of them in one transaction, which is rolled back. */
record MigrationRehearsal(OwnerWork work, MigrationLimits limits) {
    private static final String HAS_OWNER = "SELECT count(*) FROM pg_catalog.pg_roles WHERE rolname = ?";
    private static final String AS_AT_LOGIN = "RESET ALL";
    private static final String STATEMENT_TIMEOUT = "SELECT pg_catalog.set_config('statement_timeout', ?, true)";

    private record Before(MigrationHistory history, boolean owner) {}

    Rehearsal of(ReleaseMigrations release, boolean run) {
        PluginNames names = work.names(release.plugin().id());
        Before known = work.database()
                .call(
                        "the migrations of plugin '" + names.plugin() + "' are being read",
                        connection -> new Before(
                                MigrationHistory.read(connection, names.plugin()),
                                !Sql.text(connection, HAS_OWNER, names.owner()).equals("0")));
        List<Migration> pending = release.pending(known.history);
        List<Step> read = pending.stream()
                .map(migration -> step(migration, Result.READ, Optional.empty()))
                .toList();
        Optional<MigrationProblem> problem = release.conflict(known.history).or(() -> pending.stream()
                .flatMap(migration -> ScriptLint.check(names, migration).stream())
                .findFirst());
        if (problem.isPresent()) {
            return refused(release, read, problem.get());
        }
        if (!run || pending.isEmpty() || !known.owner) {
            return answer(release, read, words(pending.isEmpty(), run) + waysBack(names, pending));
        }
        return work.as(
                names,
                "the migrations of plugin '" + names.plugin() + "' are being tried",
                owner -> rehearse(owner, names, release, pending));
    }

    private Rehearsal rehearse(Connection owner, PluginNames names, ReleaseMigrations release, List<Migration> pending)
            throws SQLException, MigrationRefused {
        List<Step> steps = new ArrayList<>();
        // by what is said: a later script of the same transaction is told of the keys of an earlier one too
        Map<String, String> hints = new LinkedHashMap<>();
        owner.setAutoCommit(false);
        try {
            new MigrationTurn(names, limits.script()).now(owner);
            for (Migration migration : pending) {
                steps.add(tried(owner, names, migration, hints));
            }
            return answer(
                    release,
                    steps,
                    "All of it would run. It was rolled back: nothing was changed." + String.join("", hints.values())
                            + waysBack(names, pending));
        } catch (Stumbled e) {
            steps.add(step(e.migration, Result.REFUSED, Optional.empty()));
            pending.stream().skip(steps.size()).forEach(rest -> steps.add(step(rest, Result.READ, Optional.empty())));
            return refused(release, steps, e.why.problem());
        } finally {
            owner.rollback();
        }
    }

    private Step tried(Connection owner, PluginNames names, Migration migration, Map<String, String> hints)
            throws SQLException, Stumbled {
        if (migration.kind() == Migration.Kind.CONCURRENT) {
            return step(migration, Result.READ, Optional.empty());
        }
        long begin = System.nanoTime();
        Sql.execute(owner, AS_AT_LOGIN);
        Sql.text(owner, STATEMENT_TIMEOUT, limits.rehearsal().toMillis() + "ms");
        try {
            MigrationSentence sentence = MigrationSentence.of(names.plugin(), migration);
            for (String hint : new TransactionalMigration(names).apply(owner, migration)) {
                hints.putIfAbsent(hint, " " + sentence.hint(hint));
            }
        } catch (MigrationRefused e) {
            throw new Stumbled(migration, e);
        }
        return step(migration, Result.RAN, Optional.of(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)));
    }

    /** The first migration that would not go through. */
    private static final class Stumbled extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient Migration migration;
        private final transient MigrationRefused why;

        Stumbled(Migration migration, MigrationRefused why) {
            super(why);
            this.migration = migration;
            this.why = why;
        }
    }

    private static String waysBack(PluginNames names, List<Migration> pending) {
        return pending.stream()
                .flatMap(migration -> WaysBack.foreseen(names, migration).stream())
                .map(" "::concat)
                .collect(Collectors.joining());
    }

    private static String words(boolean nothing, boolean run) {
        if (nothing) {
            return "All its migrations are applied: nothing would run.";
        }
        return run
                ? "It was only read: the plugin has no schema before its first start, and nothing is made to try it."
                : "It was only read: nothing was run.";
    }

    private static Rehearsal answer(ReleaseMigrations release, List<Step> steps, String message) {
        return new Rehearsal(
                release.plugin().id().value(), release.plugin().version().text(), steps, message, Optional.empty());
    }

    private static Rehearsal refused(ReleaseMigrations release, List<Step> steps, MigrationProblem problem) {
        return new Rehearsal(
                release.plugin().id().value(),
                release.plugin().version().text(),
                steps,
                "It would be refused. Nothing was changed.",
                Optional.of(new Trouble(problem.message(), problem.remedy())));
    }

    private static Step step(Migration migration, Result result, Optional<Long> millis) {
        return new Step(
                migration.version(),
                migration.description(),
                migration.phase().name().toLowerCase(Locale.ROOT),
                migration.kind().name().toLowerCase(Locale.ROOT),
                SqlStatement.texts(migration.up()),
                result,
                millis);
    }
}
