// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.api.error.MortiseException;
import dev.mortise.host.intake.Inspection;
import dev.mortise.host.intake.LostBytes;
import dev.mortise.host.intake.Staging;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.kernel.port.DeploymentStore.Recorded;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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

    /**
     * What was read back.
     *
     * @param inspections of everything that is wanted, what looking into it came to
     */
    record Found(Recorded recorded, Map<Digest, Inspection> inspections) {}

    Found read(String node) {
        Recorded recorded = store.load(node);
        Map<Digest, CompletableFuture<Inspection>> reading = new HashMap<>();
        recorded.wants()
                .forEach(want ->
                        reading.put(want.digest(), CompletableFuture.supplyAsync(() -> inspection(want), pool)));
        Map<Digest, Inspection> inspections = new HashMap<>();
        reading.forEach((digest, coming) -> inspections.put(digest, await(coming)));
        return new Found(recorded, inspections);
    }

    private static Inspection await(CompletableFuture<Inspection> coming) {
        try {
            return coming.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MortiseException away ? away : e;
        }
    }

    /** What can't be read is left as it is recorded: another start may be able to. */
    private Inspection inspection(Want want) {
        String name = want.source().orElse(want.plugin() + "-" + want.version() + ".jar");
        PluginIdentity identity = new PluginIdentity(want.plugin(), want.version());
        Inspection inspection;
        try {
            inspection = staging.restore(want.digest(), name, store::fetch)
                    .orElseGet(() -> lost(LostBytes.nowhere(identity, want.digest())));
        } catch (IOException e) {
            inspection = lost(LostBytes.unreadable(identity, want.digest(), e));
        }
        if (inspection instanceof Inspection.Refused refused) {
            LOG.error(
                    "plugin={} {} can't be brought back: {}",
                    want.plugin(),
                    want.version(),
                    refused.problems().stream().map(Problem::message).collect(Collectors.joining(" ")));
        }
        return inspection;
    }

    private static Inspection lost(Problem problem) {
        return new Inspection.Refused(Optional.empty(), List.of(problem));
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
