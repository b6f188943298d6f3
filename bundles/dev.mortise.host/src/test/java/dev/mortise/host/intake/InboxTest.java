// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.TestJar;
import dev.mortise.host.TestManifests;
import dev.mortise.host.folder.FolderFile;
import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.host.folder.Stamp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InboxTest {
    private static final Path ONE = Path.of("one.jar");
    private static final Path TWO = Path.of("two.jar");

    @TempDir
    private Path home;

    private final Deque<Runnable> pool = new ArrayDeque<>();
    private final List<Map<Path, Inbox.Staged>> told = new ArrayList<>();
    private Path plugins = Path.of("");
    private Path store = Path.of("");
    private Inbox inbox;

    @BeforeEach
    void make() throws IOException {
        plugins = Files.createDirectory(home.resolve("plugins"));
        store = home.resolve("store");
        IntakeLimits limits = new IntakeLimits(1 << 20, 100, 1 << 20, 100, Optional.empty());
        Staging staging =
                new Staging(plugins, new ArtifactStore(store), new Intake(TestManifests.reader(), limits), limits);
        inbox = new Inbox(staging, pool::add, told::add);
    }

    private void breakTheStore() throws IOException {
        Files.delete(store);
        Files.writeString(store, "a file where the folder is to be");
    }

    private void mendTheStore() throws IOException {
        Files.delete(store);
        Files.createDirectory(store);
    }

    @Test
    void tellsOfAFileWhenItIsStagedAndNotBefore() {
        TestJar.plugin("one", "1.0.0").at(plugins.resolve(ONE));
        inbox.look(Map.of(ONE, file(ONE, 1)));
        assertThat(told).isEmpty();
        work();
        assertThat(told).hasSize(1);

        inbox.look(Map.of(ONE, file(ONE, 2)));
        assertThat(told).hasSize(1);
        work();
        assertThat(told)
                .hasSize(2)
                .allMatch(files -> files.get(ONE).inspection().isPresent());
    }

    @Test
    void tellsNothingWhenThereIsNothingToTryAgain() {
        TestJar.plugin("one", "1.0.0").at(plugins.resolve(ONE));
        inbox.look(Map.of(ONE, file(ONE, 1)));
        work();

        inbox.tryAgain();
        work();

        assertThat(told).hasSize(1);
    }

    @Test
    void triesAgainWhatCouldNotBeStored() throws IOException {
        TestJar.plugin("one", "1.0.0").at(plugins.resolve(ONE));
        breakTheStore();
        inbox.look(Map.of(ONE, file(ONE, 1)));
        work();
        assertThat(last().get(ONE).inspection()).isEmpty();
        assertThat(last().get(ONE).file().reason())
                .isEqualTo("one.jar can't be copied to data/store. That is tried again; the log says why it fails.");

        mendTheStore();
        inbox.tryAgain();
        work();

        assertThat(last().get(ONE).inspection()).isPresent();
        assertThat(last().get(ONE).file().reason()).isEmpty();
    }

    @Test
    void stagesAFileAlthoughTheStoreWasClearedAway() throws IOException {
        TestJar.plugin("one", "1.0.0").at(plugins.resolve(ONE));
        Files.delete(store);

        inbox.look(Map.of(ONE, file(ONE, 1)));
        work();

        assertThat(last().get(ONE).inspection()).isPresent();
    }

    @Test
    void losesNoDropThatComesWhileItTriesAgain() throws IOException {
        TestJar.plugin("one", "1.0.0").at(plugins.resolve(ONE));
        breakTheStore();
        inbox.look(Map.of(ONE, file(ONE, 1)));
        work();
        mendTheStore();
        inbox.tryAgain();
        TestJar.plugin("two", "1.0.0").at(plugins.resolve(TWO));

        inbox.look(Map.of(ONE, file(ONE, 1), TWO, file(TWO, 1)));
        work();

        assertThat(last().values()).hasSize(2).allMatch(staged -> staged.inspection()
                .isPresent());
    }

    private void work() {
        while (!pool.isEmpty()) {
            pool.remove().run();
        }
    }

    private Map<Path, Inbox.Staged> last() {
        return told.get(told.size() - 1);
    }

    private static FolderFile file(Path path, int change) {
        Stamp stamp = new Stamp(9, FileTime.fromMillis(change), "key");
        return new FolderFile(path, stamp, Condition.COMPLETE, "", Instant.EPOCH);
    }
}
