// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.port.DeploymentStore.Recorded;
import dev.mortise.kernel.port.DeploymentStore.SeenFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Reads what was recorded as what is desired now. */
record Restoration(Recorded recorded, Collection<Artifact> artifacts) {
    /** Answers the wishes for which there is an artifact. */
    List<Wish> wishes() {
        Map<Digest, Artifact> byDigest =
                artifacts.stream().collect(Collectors.toMap(Artifact::digest, Function.identity()));
        return recorded.wants().stream()
                .filter(want -> byDigest.containsKey(want.digest()))
                .map(want -> new Wish(
                        Known.get(byDigest, want.digest()),
                        want.role(),
                        want.source().map(Path::of),
                        want.note()))
                .toList();
    }

    static Map<Path, Digest> files(Recorded recorded) {
        return recorded.files().stream().collect(Collectors.toMap(file -> Path.of(file.path()), SeenFile::digest));
    }
}
