// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.kernel.model.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log of files that were refused before anything became of them, once each. */
final class Refusals {
    private static final Logger LOG = LoggerFactory.getLogger("dev.mortise.host.files");

    private Refusals() {}

    static void log(Map<Path, Jar> before, Map<Path, Jar> now) {
        now.forEach((path, jar) -> {
            Optional<String> reason = reason(jar);
            boolean news = !reason.equals(Optional.ofNullable(before.get(path)).flatMap(Refusals::reason));
            if (news) {
                reason.ifPresent(text -> LOG.warn("file={} refused: {}", path, text));
            }
        });
    }

    private static Optional<String> reason(Jar jar) {
        if (jar.file().condition() == Condition.REJECTED) {
            return Optional.of(jar.file().reason());
        }
        return jar.refused().map(refused -> sentences(refused.problems()));
    }

    private static String sentences(List<Problem> problems) {
        return problems.stream().map(Problem::message).collect(Collectors.joining(" "));
    }
}
