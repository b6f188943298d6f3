// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import dev.mortise.host.folder.Marker.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the markers beside the jars: at any instant at most one per jar, whole, and none without its jar. Not for several
 * threads.
 */
public final class Markers {
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\u0085\\u2028\\u2029]+");
    private static final Logger LOG = LoggerFactory.getLogger(Markers.class);

    private final Path root;
    private final Rename rename;
    private final Map<Path, Marker> written = new HashMap<>();
    private boolean adopted;

    /** Gives a file another name, in one step. */
    interface Rename {
        void rename(Path from, Path to) throws IOException;
    }

    /** Keeps the markers of this folder. */
    public Markers(Path root) {
        this(
                root,
                (from, to) ->
                        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING));
    }

    Markers(Path root, Rename rename) {
        this.root = root;
        this.rename = rename;
    }

    /** Takes over what lies in the folder from an earlier run: of these none is taken to be true. */
    public void adopt(Set<Path> markers) {
        if (adopted) {
            return;
        }
        adopted = true;
        for (Path marker : markers) {
            Kind kind = Marker.kindOf(marker).orElseThrow();
            Path jar = Marker.jarOf(marker, kind);
            if (written.containsKey(jar)) {
                delete(marker);
            } else {
                written.put(jar, new Marker(kind, List.of()));
            }
        }
    }

    /** Makes the folder look like this: these markers and no others. */
    public void show(Map<Path, Marker> wanted) {
        for (Path jar : new HashSet<>(written.keySet())) {
            if (!wanted.containsKey(jar)) {
                remove(jar);
            }
        }
        wanted.forEach((jar, marker) -> {
            if (!marker.equals(written.get(jar))) {
                write(jar, marker);
            }
        });
    }

    private void remove(Path jar) {
        Optional.ofNullable(written.remove(jar)).ifPresent(marker -> delete(Marker.beside(jar, marker.kind())));
    }

    /** A marker of another kind is first given the new content and then the new name, so there is never none or two. */
    private void write(Path jar, Marker marker) {
        Path target = Marker.beside(jar, marker.kind());
        Path present = Optional.ofNullable(written.get(jar))
                .map(before -> Marker.beside(jar, before.kind()))
                .filter(path -> Files.exists(root.resolve(path)))
                .orElse(target);
        Path temporary = jar.resolveSibling("." + jar.getFileName() + ".marker.tmp");
        try {
            Files.writeString(root.resolve(temporary), text(marker));
            move(temporary, present);
            if (!present.equals(target)) {
                move(present, target);
            }
            written.put(jar, marker);
        } catch (IOException e) {
            LOG.warn("Marker {} can't be written: {}", target, e.toString());
        }
    }

    /** A sentence may quote what a plugin said: it keeps its line, and steers no terminal. */
    private static String text(Marker marker) {
        return marker.lines().stream()
                .map(line -> UNPRINTABLE.matcher(line).replaceAll(" ") + "\n")
                .collect(Collectors.joining());
    }

    private void move(Path from, Path to) throws IOException {
        rename.rename(root.resolve(from), root.resolve(to));
    }

    private void delete(Path marker) {
        try {
            Files.deleteIfExists(root.resolve(marker));
        } catch (IOException e) {
            LOG.warn("Marker {} can't be removed: {}", marker, e.toString());
        }
    }
}
