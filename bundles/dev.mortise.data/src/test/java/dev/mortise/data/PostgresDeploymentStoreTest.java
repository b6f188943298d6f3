// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.data.Deployed.Change;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.Want;
import dev.mortise.testkit.port.MemoryDeploymentStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class PostgresDeploymentStoreTest {
    private static final String WAITS =
            " FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()";
    private static final String WAITING = "SELECT count(*)" + WAITS;

    abstract static class OnOneServer extends DeploymentStoreContract {
        TestDatabase database;
        private PostgresDeploymentStore store;

        abstract Optional<TestServer> server();

        @BeforeEach
        void open() throws SQLException {
            Assumptions.assumeTrue(server().isPresent(), "needs: apt-get install postgresql-15");
            database = TestDatabase.on(server().get());
            store = new PostgresDeploymentStore(database.opened(), 10);
        }

        @AfterEach
        void close() throws SQLException {
            if (database != null) {
                database.close();
            }
        }

        @Override
        DeploymentStore store() {
            return store;
        }
    }

    @Nested
    class InMemory extends DeploymentStoreContract {
        private final MemoryDeploymentStore store = new MemoryDeploymentStore();

        @Override
        DeploymentStore store() {
            return store;
        }
    }

    @Nested
    class OnDebiansServer extends OnOneServer {
        @Override
        Optional<TestServer> server() {
            return TestServer.debian();
        }
    }

    @Nested
    class OnTheEmbeddedServer extends OnOneServer {
        @Override
        Optional<TestServer> server() {
            return Optional.of(TestServer.embedded());
        }

        @Test
        void recordsNothingWhenTheConnectionIsLostInTheMiddle() throws Exception {
            Change change = Change.at(0)
                    .put(folder, Deployed.want("shop", "1.0.0", Role.ACTIVE))
                    .seen("a.jar", "1");
            try (Connection holder = TestServer.connect(database.server())) {
                holder.setAutoCommit(false);
                Sql.execute(holder, "LOCK TABLE mortise.folder_file");
                CompletableFuture<Long> commit = CompletableFuture.supplyAsync(() -> store().commit(change.commit()));
                await().until(() -> database.text(WAITING).equals("1"));
                database.text("SELECT pg_terminate_backend(pid)" + WAITS);

                assertThatThrownBy(commit::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(MortiseException.class)
                        .hasMessageContaining("can't be reached");
            }
            assertThat(store().load("n1")).isEqualTo(new DeploymentStore.Recorded(0, List.of(), List.of(), List.of()));
            assertThat(store().archive(new PluginId("shop"))).isEmpty();
        }

        @Test
        void waitsForAnothersChangeAndThenSaysThatItIsLate() throws Exception {
            try (Connection other = TestServer.connect(database.server())) {
                other.setAutoCommit(false);
                Sql.execute(other, "UPDATE mortise.desired_generation SET generation = 5");
                CompletableFuture<Long> commit = CompletableFuture.supplyAsync(
                        () -> store().commit(Change.at(0).commit()));
                await().until(() -> database.text(WAITING).equals("1"));
                other.commit();

                assertThatThrownBy(commit::join).hasCauseInstanceOf(DeploymentStore.StaleGeneration.class);
            }
        }

        @Test
        void saysToTryAgainWhenAnothersChangeTakesTooLong() throws Exception {
            try (PooledDatabase hasty = TestDatabase.open(database.server(), TestLimits.withPool(1));
                    Connection other = TestServer.connect(database.server())) {
                other.setAutoCommit(false);
                Sql.execute(other, "UPDATE mortise.desired_generation SET generation = 5");

                assertUnavailable(
                        () -> new PostgresDeploymentStore(hasty, 10)
                                .commit(Change.at(0).commit()),
                        "Somebody else has been changing the desired state");
            }
        }

        @Test
        void leavesNoFileWhenTheBytesAreDamaged() throws Exception {
            Want want = Deployed.want("shop", "1.0.0", Role.ACTIVE);
            store().commit(Change.at(0).put(folder, want).commit());
            database.execute("UPDATE mortise.artifact_part SET content = 'other'");
            Path target = Files.createDirectories(folder.resolve("store")).resolve("x.jar");

            assertThatThrownBy(() -> store().fetch(want.digest(), target))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is damaged in the database");
            assertThat(target.getParent()).isEmptyDirectory();
        }

        @Test
        void takesBytesThatWereLostAgain() throws Exception {
            Want want = Deployed.want("shop", "1.0.0", Role.ACTIVE);
            Want pending = Deployed.want("shop", "1.0.0", Role.PENDING);
            store().commit(Change.at(0).put(folder, want).commit());
            database.execute("DELETE FROM mortise.artifact_part");

            store().commit(Change.at(1).put(pending).commit());
            assertThatThrownBy(() -> store().fetch(want.digest(), folder.resolve("none.jar")))
                    .isInstanceOf(IOException.class);
            store().commit(Change.at(2).put(folder, want).commit());

            Path target = folder.resolve("again.jar");
            assertThat(store().fetch(want.digest(), target)).isTrue();
            assertThat(target).hasContent("shop-1.0.0.jar");
        }

        @Test
        void saysThatTheDatabaseIsAway() {
            database.opened().close();

            assertUnavailable(() -> store().load("n1"), "can't be reached");
            assertUnavailable(() -> store().commit(Change.at(0).commit()), "can't be reached");
            assertUnavailable(() -> store().fetch(Deployed.digest("x"), folder.resolve("x")), "can't be reached");
        }

        @Test
        void forgetsTheOldestDeploymentsButNoneThatRuns() {
            store().commit(Change.journalOnly().journal(Deployed.running("d00")).commit());
            for (int i = 1; i <= 14; i++) {
                store().commit(Change.journalOnly()
                        .journal(Deployed.done("d%02d".formatted(i)))
                        .commit());
            }

            assertThat(store().deployments(100))
                    .extracting(Deployment::id)
                    .containsExactly("d14", "d13", "d12", "d11", "d10", "d09", "d08", "d07", "d06", "d05", "d00");
        }

        @Test
        void takesWhatPostgresqlCantHoldInText() {
            Deployment odd = Deployed.failed("d1", "a\0b");

            store().commit(Change.journalOnly().journal(odd).commit());

            assertThat(store().deployment("d1").flatMap(Deployment::reason)).contains("a\uFFFDb");
        }

        private static void assertUnavailable(ThrowingCallable call, String message) {
            assertThatThrownBy(call)
                    .hasMessageContaining(message)
                    .isInstanceOfSatisfying(
                            MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.SERVICE_UNAVAILABLE));
        }

        @Test
        void recordsAThousandPluginsAtOnce() throws IOException {
            Change change = Change.at(0);
            for (int i = 0; i < 1_000; i++) {
                byte[] bytes = new byte[10_240];
                new Random(i).nextBytes(bytes);
                Want want = Deployed.want("many-" + i, "1.0.0", bytes);
                change.put(want).bytes(want.digest(), Files.write(folder.resolve(i + ".jar"), bytes));
                change.seen(i + ".jar", "" + i);
            }
            change.journal(Deployed.big("d1", 1_000));
            store().commit(Change.journalOnly().seen("warm", "up").commit());

            long begin = System.nanoTime();
            store().commit(change.commit());
            Duration first = Duration.ofNanos(System.nanoTime() - begin);
            begin = System.nanoTime();
            store().commit(Change.journalOnly()
                    .journal(Deployed.big("d1", 1_001))
                    .commit());
            Duration again = Duration.ofNanos(System.nanoTime() - begin);

            assertThat(store().load("n1").wants()).hasSize(1_000);
            assertThat(store().deployment("d1")).contains(Deployed.big("d1", 1_001));
            // generous: the machine may be busy with other things
            assertThat(List.of(first, again)).allMatch(time -> time.toSeconds() < 10);
        }
    }
}
