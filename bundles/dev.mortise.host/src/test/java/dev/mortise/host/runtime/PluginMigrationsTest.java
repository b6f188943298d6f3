// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.PluginDatabase;
import dev.mortise.kernel.port.PluginDatabase.Reach;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PluginMigrationsTest {
    private static final List<Migration> MIGRATIONS =
            List.of(Migration.expand(1, "create", "CREATE TABLE p_one__a ()"));
    private static final MortiseException AWAY =
            new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database can't be reached.");

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private int tries;

    @Test
    void tryAgainEverMoreSlowlyUntilTheDatabaseIsBack() {
        Optional<Problem> problem =
                migrations(5, AWAY).run(MIGRATIONS, Reach.ALL, this::pause).problem();

        assertThat(problem).isEmpty();
        assertThat(pauses).extracting(Duration::toMillis).containsExactly(200L, 400L, 800L, 1600L, 3200L);
        assertThat(reasons).allMatch("Plugin 'one' waits for the database: The database can't be reached."::equals);
    }

    @Test
    void stopTryingWhenNobodyWantsThemAnyMore() {
        Optional<Problem> problem = migrations(5, AWAY)
                .run(MIGRATIONS, Reach.ALL, (why, time) -> false)
                .problem();

        assertThat(problem).hasValueSatisfying(why -> assertThat(why.message()).contains("waits for the database"));
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void tryAFaultOnce() {
        Optional<Problem> problem = migrations(5, new IllegalStateException("It is broken."))
                .run(MIGRATIONS, Reach.ALL, this::pause)
                .problem();

        assertThat(problem).hasValueSatisfying(why -> assertThat(why.message())
                .isEqualTo("Plugin 'one' was not migrated: It is broken."));
        assertThat(tries).isEqualTo(1);
    }

    @Test
    void askNoDatabaseForNothing() {
        assertThat(migrations(5, AWAY).run(List.of(), Reach.ALL, this::pause).problem())
                .isEmpty();
        assertThat(tries).isZero();
    }

    private boolean pause(Problem why, Duration time) {
        reasons.add(why.message());
        pauses.add(time);
        return true;
    }

    /** Migrations against a database that fails so many times first. */
    private PluginMigrations migrations(int failures, RuntimeException failure) {
        Artifact artifact = new Artifact(
                plugin("one").candidate().digest(),
                Path.of("store"),
                plugin("one").manifest(),
                MIGRATIONS,
                Set.of(),
                List.of());
        PluginDatabase database = new PluginDatabase() {
            @Override
            public Outcome migrate(PluginIdentity plugin, List<Migration> migrations, Reach reach) {
                tries++;
                if (tries <= failures) {
                    throw failure;
                }
                return new Outcome.Migrated(1, 0);
            }

            @Override
            public List<Applied> history(PluginId plugin) {
                return List.of();
            }
        };
        return new PluginMigrations(artifact, () -> Optional.of(database));
    }
}
