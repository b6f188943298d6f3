// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.host.intake.Staging;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.kernel.port.DeploymentStore.Recorded;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads back what was desired when the container ended, with the artifacts that it names; blocks. */
record Restart(DeploymentStore store, Staging staging, Executor pool) {
    private static final Logger LOG = LoggerFactory.getLogger(Restart.class);
    private static final Duration YOUNG = Duration.ofMinutes(10);
    /** How long somebody may still ask for a version that never ran and that nobody wants. */
    private static final Duration GRACE = Duration.ofHours(1);

    /** What was read back. */
    record Found(Recorded recorded, List<Artifact> artifacts) {}

    Found read(String node) {
        Recorded recorded = store.load(node);
        List<CompletableFuture<Optional<Artifact>>> reading = recorded.wants().stream()
                .map(want -> CompletableFuture.supplyAsync(() -> artifact(want), pool))
                .toList();
        return new Found(
                recorded,
                reading.stream()
                        .map(CompletableFuture::join)
                        .flatMap(Optional::stream)
                        .toList());
    }

    /** What can't be read is left as it is recorded: another start may be able to. */
    private Optional<Artifact> artifact(Want want) {
        String name = want.source().orElse(want.plugin() + "-" + want.version() + ".jar");
        try {
            Optional<Inspection> inspection = staging.restore(want.digest(), name, store::fetch);
            if (inspection.isEmpty()) {
                LOG.error(
                        "plugin={} {} can't be brought back: its bytes (sha256 {}) are lost. Deploy it again.",
                        want.plugin(),
                        want.version(),
                        want.digest());
            }
            return inspection.flatMap(found -> admitted(want, found));
        } catch (IOException e) {
            LOG.error("plugin={} {} can't be brought back: {}", want.plugin(), want.version(), e.toString());
            return Optional.empty();
        }
    }

    private static Optional<Artifact> admitted(Want want, Inspection inspection) {
        if (inspection instanceof Inspection.Admitted admitted) {
            return Optional.of(admitted.artifact());
        }
        LOG.error(
                "plugin={} {} is not taken any more: {}",
                want.plugin(),
                want.version(),
                ((Inspection.Refused) inspection)
                        .problems().stream()
                                .map(Problem::message)
                                .filter(Objects::nonNull)
                                .collect(Collectors.joining(" ")));
        return Optional.empty();
    }

    /** Forgets the bytes of versions that nobody will go back to. */
    void prune(int kept) {
        try {
            Set<Digest> left = store.prune(kept, GRACE);
            staging.retain(left, Instant.now().minus(YOUNG));
        } catch (IOException | RuntimeException e) {
            LOG.warn("Old artifacts can't be removed now: {}", e.toString());
        }
    }
}
