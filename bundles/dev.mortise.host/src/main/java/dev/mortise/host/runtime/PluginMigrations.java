// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.data.Migration;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.MigrationProblem;
import dev.mortise.kernel.port.PluginDatabase;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the tables of a plugin to where its code expects them; blocks as long as that takes. */
record PluginMigrations(Artifact artifact, Supplier<Optional<PluginDatabase>> database) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginMigrations.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

    /** Lets time pass before the next try. */
    interface Delay {
        /** Waits, and answers whether anybody still wants the next try. */
        boolean passes(Problem why, Duration time);
    }

    /**
     * Migrates, or says why that was refused; while the database can't be reached it is tried again. A plugin without
     * migrations never touches the database.
     */
    Result run(List<Migration> migrations, Reach reach, Delay delay) {
        Result result = attempt(migrations, reach);
        Duration pause = FIRST_PAUSE;
        while (result.passes() && delay.passes(result.problem().orElseThrow(), pause)) {
            result = attempt(migrations, reach);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        }
        return result;
    }

    /**
     * What migrating came to.
     *
     * @param passes whether its problem passes by itself
     * @param left contract migrations that are to run when nothing older runs any more
     */
    record Result(Optional<Problem> problem, boolean passes, int left) {
        static Result done(int left) {
            return new Result(Optional.empty(), false, left);
        }

        static Result refused(Problem problem) {
            return new Result(Optional.of(problem), false, 0);
        }
    }

    private Result attempt(List<Migration> migrations, Reach reach) {
        if (migrations.isEmpty()) {
            return Result.done(0);
        }
        Optional<PluginDatabase> present = database.get();
        if (present.isEmpty()) {
            return Result.refused(
                    problem("has migrations, but there is no database", "Put a database into the edition."));
        }
        try {
            PluginDatabase.Outcome outcome = present.get().migrate(artifact.identity(), migrations, reach);
            return outcome instanceof PluginDatabase.Outcome.Refused refused
                    ? Result.refused(refused.problem())
                    : Result.done(((PluginDatabase.Outcome.Migrated) outcome).left());
        } catch (RuntimeException e) {
            return failed(e);
        }
    }

    private Result failed(RuntimeException e) {
        if (e instanceof MortiseException refused && refused.code() == ErrorCode.SERVICE_UNAVAILABLE) {
            return new Result(
                    Optional.of(problem("waits for the database: " + e.getMessage(), "It tries again by itself.")),
                    true,
                    0);
        }
        LOG.warn("plugin={} was not migrated", artifact.identity(), e);
        return Result.refused(problem("was not migrated: " + e.getMessage(), "See the log, and restart the plugin."));
    }

    /** Answers the highest version, 0 for none. */
    static long highest(List<Migration> migrations) {
        return migrations.stream().mapToLong(Migration::version).max().orElse(0);
    }

    private Problem problem(String what, String remedy) {
        String end = what.endsWith(".") ? "" : ".";
        return new MigrationProblem("Plugin '%s' %s%s".formatted(artifact.id(), what, end), remedy);
    }
}
