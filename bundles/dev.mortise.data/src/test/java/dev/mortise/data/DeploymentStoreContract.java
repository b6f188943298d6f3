// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.mortise.data.Deployed.Change;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.kernel.port.DeploymentStore.Archived;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.SeenFile;
import dev.mortise.kernel.port.DeploymentStore.StaleGeneration;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every store of deployments does. */
abstract class DeploymentStoreContract {
    @TempDir
    Path folder;

    abstract DeploymentStore store();

    @Test
    void beginsWithNothing() {
        assertThat(store().load("n1")).isEqualTo(new DeploymentStore.Recorded(0, List.of(), List.of(), List.of()));
    }

    @Test
    void answersWhatWasRecorded() throws IOException {
        Want active = Deployed.want("shop", "1.0.0", Role.ACTIVE);
        Want parked = Deployed.parked("shop", "1.1.0");
        Deployment running = Deployed.running("d1");

        long after = store().commit(Change.at(0)
                .put(folder, active, parked)
                .seen("shop.jar", "1.0.0")
                .journal(running)
                .commit());

        assertThat(after).isEqualTo(1);
        DeploymentStore.Recorded recorded = store().load("n1");
        assertThat(recorded.generation()).isEqualTo(1);
        assertThat(recorded.wants()).containsExactlyInAnyOrder(active, parked);
        assertThat(recorded.files()).containsExactly(new SeenFile("shop.jar", Deployed.digest("1.0.0")));
        assertThat(recorded.unfinished()).containsExactly(running);
    }

    @Test
    void keepsFilesAndUnfinishedDeploymentsOfEachNodeApart() {
        store().commit(Change.journalOnly()
                .seen("shop.jar", "1")
                .journal(Deployed.running("d1"))
                .commit());

        assertThat(store().load("n2").files()).isEmpty();
        assertThat(store().load("n2").unfinished()).isEmpty();
        assertThat(store().deployment("d1")).contains(Deployed.running("d1"));
    }

    @Test
    void replacesAndRemoves() throws IOException {
        Want old = Deployed.want("shop", "1.0.0", Role.ACTIVE);
        Want young = Deployed.want("shop", "1.1.0", Role.PENDING);
        store().commit(Change.at(0)
                .put(folder, old, young)
                .seen("a.jar", "1")
                .seen("b.jar", "2")
                .commit());

        Want switched = Deployed.want("shop", "1.1.0", Role.ACTIVE);
        store().commit(Change.at(1)
                .put(folder, switched)
                .removed(old)
                .seen("b.jar", "3")
                .gone("a.jar")
                .commit());

        assertThat(store().load("n1").wants()).containsExactly(switched);
        assertThat(store().load("n1").files()).containsExactly(new SeenFile("b.jar", Deployed.digest("3")));
        assertThat(store().fetch(old.digest(), folder.resolve("old.jar"))).isTrue();
    }

    @Test
    void refusesAChangeThatStartsFromAnOlderGenerationAndRecordsNothingOfIt() throws IOException {
        store().commit(Change.at(0).commit());
        Change late = Change.at(0)
                .put(folder, Deployed.want("shop", "1.0.0", Role.ACTIVE))
                .seen("shop.jar", "1")
                .journal(Deployed.running("d1"));

        assertThatThrownBy(() -> store().commit(late.commit()))
                .isInstanceOfSatisfying(
                        StaleGeneration.class, e -> assertThat(e.current()).isEqualTo(1));

        assertThat(store().load("n1")).isEqualTo(new DeploymentStore.Recorded(1, List.of(), List.of(), List.of()));
        assertThat(store().archive(new PluginId("shop"))).isEmpty();
    }

    @Test
    void takesTheJournalAtAnyGenerationWithoutChangingIt() {
        store().commit(Change.at(0).commit());

        assertThat(store().commit(Change.journalOnly()
                        .journal(Deployed.running("d1"))
                        .commit()))
                .isZero();
        assertThat(store().load("n1").generation()).isEqualTo(1);
        assertThatThrownBy(() -> store().commit(Change.journalOnly()
                        .put(folder, Deployed.want("shop", "1.0.0", Role.ACTIVE))
                        .commit()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesBytesThatAreNotWhatTheyAreSaidToBe() throws IOException {
        Change change = Change.at(0).put(folder, Deployed.want("shop", "1.0.0", Role.ACTIVE));
        Files.writeString(folder.resolve("shop-1.0.0.jar"), "others");

        assertThatThrownBy(() -> store().commit(change.commit()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop 1.0.0");
        assertThat(store().load("n1").generation()).isZero();
        assertThat(store().archive(new PluginId("shop"))).isEmpty();
    }

    @Test
    void refusesAWantWithoutBytes() {
        Change change = Change.at(0).put(Deployed.want("shop", "1.0.0", Role.ACTIVE));

        assertThatThrownBy(() -> store().commit(change.commit()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("shop 1.0.0");
    }

    @Test
    void bringsTwentyMegabytesBack() throws IOException {
        byte[] bytes = new byte[20 * 1_000_000 + 7];
        new Random(7).nextBytes(bytes);
        Want big = Deployed.want("shop", "1.0.0", bytes);
        Path jar = Files.write(folder.resolve("big.jar"), bytes);

        store().commit(Change.at(0).put(big).bytes(big.digest(), jar).commit());
        Files.write(jar, new byte[] {1});
        Path target = folder.resolve("store/fetched.jar");
        Files.createDirectories(target.getParent());

        assertThat(store().fetch(big.digest(), target)).isTrue();
        assertThat(target).hasBinaryContent(bytes);
        assertThat(store().archive(new PluginId("shop")))
                .extracting(Archived::digest, Archived::bytes)
                .containsExactly(tuple(big.digest(), (long) bytes.length));
        try (Stream<Path> files = Files.list(target.getParent())) {
            assertThat(files).containsExactly(target);
        }
    }

    @Test
    void saysThatADigestIsUnknown() throws IOException {
        assertThat(store().fetch(Deployed.digest("nothing"), folder.resolve("x.jar")))
                .isFalse();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void writesOverNoFile() throws IOException {
        Want want = Deployed.want("shop", "1.0.0", Role.ACTIVE);
        store().commit(Change.at(0).put(folder, want).commit());
        Path there = Files.writeString(folder.resolve("there.jar"), "mine");

        assertThatThrownBy(() -> store().fetch(want.digest(), there)).isInstanceOf(IOException.class);
        assertThat(there).hasContent("mine");
    }

    @Test
    void forgetsWhatNothingNamesButWhatRanLast() throws IOException {
        Want first = Deployed.want("shop", "1.0.0", Role.PARKED);
        Want second = Deployed.want("shop", "1.1.0", Role.ACTIVE);
        Want third = Deployed.want("shop", "1.2.0", Role.ACTIVE);
        Want fourth = Deployed.want("shop", "1.3.0", Role.ACTIVE);
        Want other = Deployed.want("other", "1.0.0", Role.ACTIVE);
        store().commit(Change.at(0).put(folder, fourth).commit());
        store().commit(Change.at(1).put(folder, second).removed(fourth).commit());
        store().commit(Change.at(2).put(folder, third).commit());
        store().commit(Change.at(3).put(folder, first, other).commit());
        store().commit(Change.at(4).removed(second, third).put(fourth).commit());
        store().commit(Change.at(5).removed(fourth, other).commit());

        assertThat(store().prune(2, Duration.ZERO))
                .containsExactlyInAnyOrder(first.digest(), third.digest(), fourth.digest(), other.digest());
        assertThat(store().archive(new PluginId("shop")))
                .extracting(Archived::digest)
                .containsExactly(fourth.digest(), third.digest(), first.digest());
        assertThat(store().prune(0, Duration.ZERO)).containsExactly(first.digest());
        assertThat(store().fetch(third.digest(), folder.resolve("x.jar"))).isFalse();
    }

    @Test
    void keepsWhatNeverRanForAWhileAndInNobodysPlace() throws IOException {
        Want ran = Deployed.want("shop", "1.0.0", Role.ACTIVE);
        Want runs = Deployed.want("shop", "1.1.0", Role.ACTIVE);
        Want failed = Deployed.want("shop", "1.2.0", Role.PENDING);
        Want failedAgain = Deployed.want("shop", "1.3.0", Role.PENDING);
        store().commit(Change.at(0).put(folder, ran).commit());
        store().commit(Change.at(1)
                .put(folder, runs, failed, failedAgain)
                .removed(ran)
                .commit());
        store().commit(Change.at(2).removed(failed, failedAgain).commit());

        assertThat(store().prune(2, Duration.ofHours(1))).hasSize(4);
        assertThat(store().prune(2, Duration.ZERO)).containsExactlyInAnyOrder(ran.digest(), runs.digest());
    }

    @Test
    void tellsWhenAnArtifactRanLast() throws IOException {
        Want pending = Deployed.want("shop", "1.0.0", Role.PENDING);
        Want active = Deployed.want("shop", "1.0.0", Role.ACTIVE);
        Want elsewhere = new Want(
                active.plugin(), active.version(), active.digest(), Role.ACTIVE, Optional.of("b.jar"), active.note());
        store().commit(Change.at(0).put(folder, pending).commit());
        assertThat(ranAt()).isEmpty();

        store().commit(Change.at(1).put(active).commit());
        Optional<Instant> first = ranAt();
        store().commit(Change.at(2).put(elsewhere).commit());
        assertThat(ranAt()).isPresent().isEqualTo(first);

        store().commit(Change.at(3).put(pending).commit());
        assertThat(ranAt()).isEqualTo(first);
        store().commit(Change.at(4).put(active).commit());
        assertThat(ranAt().orElseThrow()).isAfter(first.orElseThrow());
    }

    private Optional<Instant> ranAt() {
        return store().archive(new PluginId("shop")).get(0).ranAt();
    }

    @Test
    void tellsDeploymentsAsTheyNowAreTheNewestFirst() {
        Deployment done = Deployed.done("d1");
        store().commit(Change.journalOnly()
                .journal(Deployed.running("d1"), Deployed.running("d2"))
                .commit());
        store().commit(Change.journalOnly().journal(done).commit());

        assertThat(store().deployments(10)).containsExactly(Deployed.running("d2"), done);
        assertThat(store().deployments(1)).containsExactly(Deployed.running("d2"));
        assertThat(store().deployment("d1")).contains(done);
        assertThat(store().deployment("d3")).isEmpty();
        assertThat(store().load("n1").unfinished()).containsExactly(Deployed.running("d2"));
    }

    @Test
    void letsOneOfTwoWinAtEachGeneration() throws Exception {
        ExecutorService two = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 100; round++) {
                long generation = round;
                AtomicInteger stale = new AtomicInteger();
                Callable<Long> change = () -> {
                    try {
                        return store().commit(Change.at(generation)
                                .seen("a.jar", "" + generation)
                                .commit());
                    } catch (StaleGeneration e) {
                        stale.incrementAndGet();
                        return e.current();
                    }
                };
                for (var after : two.invokeAll(List.of(change, change))) {
                    assertThat(after.get()).isEqualTo(generation + 1);
                }
                assertThat(stale).hasValue(1);
            }
        } finally {
            two.shutdownNow();
        }
        assertThat(store().load("n1").generation()).isEqualTo(100);
    }
}
