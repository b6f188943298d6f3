// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.folder.Marker.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MarkersTest {
    private static final Path JAR = Path.of("sub/x.jar");

    @TempDir
    Path folder;

    @Test
    void writesTheSentenceFirst() throws IOException {
        markers().show(Map.of(JAR, new Marker(Kind.WAITING, List.of("the sentence", "more"))));

        assertThat(folder.resolve("sub/x.jar.waiting")).hasContent("the sentence\nmore\n");
    }

    @Test
    void replacesAMarkerByOneOfAnotherKind() throws IOException {
        Markers markers = markers();
        markers.show(Map.of(JAR, new Marker(Kind.WAITING, List.of("waits"))));
        markers.show(Map.of(JAR, new Marker(Kind.DEPLOYED, List.of("runs"))));

        assertThat(names()).containsExactly("x.jar.deployed");
        assertThat(folder.resolve("sub/x.jar.deployed")).hasContent("runs\n");
    }

    @Test
    void neverShowsNoneOrTwo() throws Exception {
        Markers markers = markers();
        markers.show(Map.of(JAR, new Marker(Kind.WAITING, List.of("waits"))));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger wrong = new AtomicInteger();
        Thread reader = new Thread(() -> {
            while (!done.get()) {
                // one open at a time can't be wrong: a look at a folder is not atomic, a look at a file is
                boolean waiting = Files.exists(folder.resolve("sub/x.jar.waiting"));
                boolean deployed = Files.exists(folder.resolve("sub/x.jar.deployed"));
                boolean waitingStill = Files.exists(folder.resolve("sub/x.jar.waiting"));
                wrong.addAndGet((waiting && deployed && waitingStill) ? 1 : 0);
            }
        });
        reader.start();
        for (int i = 0; i < 300; i++) {
            Kind kind = i % 2 == 0 ? Kind.DEPLOYED : Kind.WAITING;
            markers.show(Map.of(JAR, new Marker(kind, List.of("round " + i))));
        }
        done.set(true);
        reader.join();

        assertThat(wrong).hasValue(0);
    }

    @Test
    void removesTheMarkerWithTheJar() throws IOException {
        Markers markers = markers();
        markers.show(Map.of(JAR, new Marker(Kind.FAILED, List.of("bad"))));
        markers.show(Map.of());

        assertThat(names()).isEmpty();
    }

    @Test
    void correctsWhatAnEarlierRunLeft() throws IOException {
        Markers markers = markers();
        for (String left : List.of("x.jar.failed", "x.jar.deployed", "gone.jar.waiting")) {
            Files.writeString(folder.resolve("sub").resolve(left), "old");
        }
        markers.adopt(
                Set.of(Path.of("sub/x.jar.failed"), Path.of("sub/x.jar.deployed"), Path.of("sub/gone.jar.waiting")));
        markers.show(Map.of(JAR, new Marker(Kind.DEPLOYED, List.of("new"))));

        assertThat(names()).containsExactly("x.jar.deployed");
        assertThat(folder.resolve("sub/x.jar.deployed")).hasContent("new\n");
    }

    private Markers markers() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        return new Markers(folder);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("sub"))) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
