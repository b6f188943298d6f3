// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.folder.Stamp;
import dev.mortise.kernel.model.Digest;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Notices files that were written anew with the content that they had: somebody asks for another try. */
final class Touches {
    private final Map<Path, Seen> seen = new HashMap<>();

    /** What a file held when it was last whole. */
    private record Seen(Digest digest, Stamp stamp) {}

    /** Answers what was touched since the folder was looked at last. */
    Set<Digest> of(Map<Path, Jar> lying) {
        Set<Digest> touched = new HashSet<>();
        seen.keySet().retainAll(lying.keySet());
        lying.forEach((path, jar) -> jar.artifact().ifPresent(artifact -> {
            Seen now = new Seen(artifact.digest(), jar.file().stamp());
            Seen before = seen.put(path, now);
            if (before != null && before.digest().equals(now.digest()) && !before.equals(now)) {
                touched.add(now.digest());
            }
        }));
        return touched;
    }
}
