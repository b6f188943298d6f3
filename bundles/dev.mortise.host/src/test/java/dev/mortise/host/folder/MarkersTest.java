// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.folder.Marker.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    void neverShowsNoneOrTwo() throws IOException {
        Files.createDirectory(folder.resolve("sub"));
        List<List<String>> seen = new ArrayList<>();
        Markers markers = new Markers(folder, (from, to) -> {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            seen.add(names());
        });
        for (Kind kind : List.of(Kind.WAITING, Kind.DEPLOYED, Kind.FAILED, Kind.FAILED, Kind.SUPERSEDED)) {
            markers.show(Map.of(JAR, new Marker(kind, List.of("after " + seen.size()))));
        }

        assertThat(seen).hasSizeGreaterThan(5).allMatch(names -> names.size() == 1);
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
