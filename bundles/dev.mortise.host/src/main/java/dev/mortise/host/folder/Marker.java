// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What stands in the file beside a jar.
 *
 * @param lines the sentence first, then what {@code why} says
 */
public record Marker(Kind kind, List<String> lines) {
    /** What became of the jar. */
    public enum Kind {
        DEPLOYED,
        WAITING,
        FAILED,
        SUPERSEDED;

        String suffix() {
            return "." + name().toLowerCase(Locale.ROOT);
        }
    }

    public Marker {
        lines = List.copyOf(lines);
    }

    /** Answers the kind of marker that a file of this name is. */
    static Optional<Kind> kindOf(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return Arrays.stream(Kind.values())
                .filter(kind -> name.endsWith(".jar" + kind.suffix()))
                .findFirst();
    }

    /** Answers the marker file of this kind beside a jar. */
    static Path beside(Path jar, Kind kind) {
        return jar.resolveSibling(jar.getFileName() + kind.suffix());
    }

    /** Answers the jar that a marker stands beside. */
    static Path jarOf(Path marker, Kind kind) {
        String name = String.valueOf(marker.getFileName());
        return marker.resolveSibling(
                name.substring(0, name.length() - kind.suffix().length()));
    }
}
