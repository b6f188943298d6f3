// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.lifecycle.AuthVerdict;
import dev.mortise.host.deploy.PluginRuntime.Running;
import dev.mortise.host.tenancy.House;
import dev.mortise.kernel.admin.Tokens;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What processes are given while they run, and what is taken back. */
@Timeout(20)
class WorkerCareTest {
    private static final TenantId ACME = House.ACME;

    @TempDir
    Path etc;

    private WorkerHouse here;

    @BeforeEach
    void open() {
        here = new WorkerHouse(etc);
    }

    @AfterEach
    void close() {
        here.close();
    }

    @Test
    void givesEachProcessACredentialOfItsOwnAndTakesItBack() {
        Running run = here.start();
        here.serving();
        assertThat(here.tokens.orders)
                .containsExactly(new Tokens.NewToken(
                        "plugin", Optional.of("email"), Optional.of("acme"), Optional.of(Duration.ofHours(1))));
        assertThat(here.fleet.running.get("acme").credential()).isEqualTo("text-1");

        run.retire().toCompletableFuture().join();

        assertThat(here.tokens.revoked).containsExactly("1");
        assertThat(here.watched).containsExactly("runs email 1.0.0", "began email", "ended email", "ran email 1.0.0");
    }

    @Test
    void isRecordedAnewWhereAnotherDatabaseIsUsed() {
        here.credential = Duration.ofMillis(200);
        Running run = here.start();
        here.serving();

        here.runs = Optional.of(here.recording(" elsewhere"));
        await().untilAsserted(() -> assertThat(here.watched).endsWith("ran email 1.0.0", "runs email 1.0.0 elsewhere"));

        run.retire().toCompletableFuture().join();
        assertThat(here.watched).endsWith("ended email", "ran email 1.0.0 elsewhere");
    }

    @Test
    void replacesCredentialsInTimeAndRevokesThemOnceTheyAreOld() {
        here.credential = Duration.ofMillis(200);
        Running run = here.start();
        here.serving();

        await().untilAsserted(
                        () -> assertThat(here.fleet.events).contains("renew text-1 text-2", "renew text-1 text-3"));
        await().untilAsserted(() -> assertThat(here.tokens.revoked).contains("1"));
        run.retire().toCompletableFuture().join();
        await().untilAsserted(() -> assertThat(here.tokens.revoked).hasSize(here.tokens.orders.size()));
    }

    @Test
    void replacesWhatCouldNotBeReplacedAtTheNextTimeAndNothingElse() {
        here.house = here.house.deploy(here.email);
        WorkerSupplies supplies = new WorkerSupplies(here.artifact(Set.of()), here.ports());
        supplies.handover(Optional.of("acme"));

        here.tokens.away = true;
        supplies.renew(here.fleet, Duration.ZERO);
        here.tokens.away = false;
        assertThat(here.fleet.events).isEmpty();

        supplies.renew(here.fleet, Duration.ofHours(1));
        assertThat(here.fleet.events).as("it is too young").isEmpty();
        supplies.renew(here.fleet, Duration.ZERO);
        assertThat(here.fleet.events).containsExactly("renew text-1 text-2");
    }

    @Test
    void tellsProcessesOfTenantsAndAsksThem() {
        here.start();
        here.serving();
        var hooks = here.house.hooksOf("email");

        hooks.configUpdated(ACME).join();
        hooks.connected(ACME).join();
        assertThat(hooks.validateAuth(ACME).join().map(AuthVerdict::valid)).contains(false);
        hooks.disable(ACME).join();

        assertThat(here.fleet.events).endsWith("update acme {}", "connected acme {}", "validate acme", "disable acme");
        assertThat(here.tokens.revoked).containsExactly("1");
    }

    @Test
    void tellsProcessesAtOnceOfTokensThatWereRenewed() {
        Running run = here.start();
        here.serving();

        here.renewed.forEach(listener -> listener.accept(ACME));
        await().untilAsserted(() -> assertThat(here.fleet.events).contains("update acme {}"));

        run.retire().toCompletableFuture().join();
        assertThat(here.renewed).isEmpty();
    }
}
