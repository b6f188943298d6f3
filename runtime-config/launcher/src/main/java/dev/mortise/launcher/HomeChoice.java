// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher;

import dev.mortise.launcher.program.Distribution;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Which home a command is about: the one it names, else that of the environment, else the distribution itself. */
record HomeChoice(Distribution distribution, Map<String, String> environment) {
    Path path(Optional<Path> named) {
        return named.or(() ->
                        Optional.ofNullable(environment.get("MORTISE_HOME")).map(Path::of))
                .orElse(distribution.root());
    }
}
