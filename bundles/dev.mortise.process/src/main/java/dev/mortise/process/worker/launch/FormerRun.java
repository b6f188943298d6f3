// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the folders of processes were before they moved into a folder of the home that others may pass. An update leaves it
 * behind, and a container that was killed its processes too.
 */
record FormerRun(Path folder) {
    private static final Logger LOG = LoggerFactory.getLogger(FormerRun.class);
    private static final Set<String> SCRIPTS = Set.of("mortise-guard", "mortise-undertaker");
    private static final String NONCE = "[0-9a-f]{32}";

    /** Ends what still runs there and deletes the folder, unless somebody else keeps something in it. */
    void end() {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        List<Path> others = others();
        if (!others.isEmpty()) {
            LOG.warn("{} is used no more and stays, because {} is not of processes", folder, others.get(0));
            return;
        }
        int ended = Strays.kill(folder);
        if (ended > 0) {
            LOG.warn("{} processes of a former release were still there and have been ended", ended);
        }
        RunFolder.delete(folder);
    }

    private List<Path> others() {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> !made(file)).sorted().toList();
        } catch (IOException e) {
            return List.of(folder);
        }
    }

    private static boolean made(Path file) {
        String name = file.getFileName().toString();
        return Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                ? name.matches(NONCE)
                : SCRIPTS.contains(name) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }
}
