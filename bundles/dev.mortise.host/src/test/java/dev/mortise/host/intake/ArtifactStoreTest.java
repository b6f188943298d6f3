// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArtifactStoreTest {
    @TempDir
    Path folder;

    @Test
    void keepsACopyUnderItsDigest() throws IOException {
        Path source = Files.writeString(folder.resolve("x.jar"), "content");

        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        Digest digest = store.take(source);

        assertThat(digest.hex()).isEqualTo("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73");
        assertThat(store.file(digest)).hasContent("content").isEqualTo(folder.resolve("store/" + digest + ".jar"));
    }

    @Test
    void writesNothingTwice() throws IOException {
        Path source = Files.writeString(folder.resolve("x.jar"), "content");
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        Object inode = Files.getAttribute(store.file(store.take(source)), "unix:ino");

        store.take(source);

        assertThat(Files.getAttribute(store.file(store.take(source)), "unix:ino"))
                .isEqualTo(inode);
        assertThat(files()).hasSize(1);
    }

    @Test
    void replacesACopyThatWasCutOff() throws IOException {
        Path source = Files.writeString(folder.resolve("x.jar"), "content");
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        Digest digest = store.take(source);
        Files.writeString(store.file(digest), "con");

        assertThat(store.file(store.take(source))).hasContent("content");
    }

    @Test
    void replacesACopyThatIsNotWhatItsNameSays() throws IOException {
        Path source = Files.writeString(folder.resolve("x.jar"), "content");
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        Digest digest = store.take(source);
        Files.writeString(store.file(digest), "CONTENT");

        assertThat(store.file(store.take(source))).hasContent("content");
    }

    @Test
    void clearsWhatADeadProcessLeft() throws IOException {
        Files.createDirectory(folder.resolve("store"));
        Files.writeString(folder.resolve("store/.half.tmp"), "ha");

        new ArtifactStore(folder.resolve("store"));

        assertThat(files()).isEmpty();
    }

    @Test
    void makesItsFolderAgainWhenSomebodyClearedItAway() throws IOException {
        Path source = Files.writeString(folder.resolve("x.jar"), "content");
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        Digest digest = store.take(source);

        clear();
        assertThat(store.file(store.take(source))).hasContent("content");
        clear();
        assertThat(store.receive(Files.newInputStream(source), 100)).contains(digest);
        clear();
        assertThat(store.bring(digest, (wanted, target) -> Files.exists(Files.copy(source, target))))
                .isTrue();
        assertThat(store.file(digest)).hasContent("content");
        clear();
        store.retain(Set.of(), Instant.now());
    }

    @Test
    void fetchesOnlyWhatIsLostOrDamaged() throws IOException {
        Path source = Files.writeString(folder.resolve("x.jar"), "content");
        ArtifactStore store = new ArtifactStore(folder.resolve("store"));
        Digest digest = store.take(source);

        assertThat(store.bring(digest, (wanted, target) -> false)).isTrue();
        Files.writeString(store.file(digest), "con");
        assertThat(store.bring(digest, (wanted, target) -> Files.exists(Files.copy(source, target))))
                .isTrue();
        assertThat(store.file(digest)).hasContent("content");
        clear();
        assertThat(store.bring(digest, (wanted, target) -> false)).isFalse();
    }

    private void clear() throws IOException {
        for (Path file : files()) {
            Files.delete(file);
        }
        Files.delete(folder.resolve("store"));
    }

    private java.util.List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("store"))) {
            return files.toList();
        }
    }
}
