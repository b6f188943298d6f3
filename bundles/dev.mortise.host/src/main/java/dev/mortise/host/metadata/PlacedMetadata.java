// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.metadata;

import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.port.MetadataReader;
import dev.mortise.kernel.port.MetadataReader.Result;
import dev.mortise.kernel.port.WorkerFleet;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * What a plugin says of itself where it runs: in the container, or in a process of its own, which is asked.
 *
 * @param fleets the processes of each version of a plugin that has some
 */
public record PlacedMetadata(BundleMetadata here, MetadataReader reader, Function<PluginId, List<WorkerFleet>> fleets) {
    /** A process has 2 s to answer; this is for when many are asked at once. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Reads what a version says that runs; nothing when none of its processes does, because nobody calls it. */
    public Optional<Result> read(VersionView view) {
        return view.location().equals(RuntimeDeclaration.WORKER) ? asked(view) : Optional.of(here.read(view));
    }

    /** While it is updated there are processes of two versions; the reader knows which ones speak of this one. */
    private Optional<Result> asked(VersionView view) {
        List<Result> said = fleets.apply(view.id()).stream()
                .flatMap(fleet -> asked(fleet, view).stream())
                .toList();
        return said.stream().filter(Result.Good.class::isInstance).findFirst().or(() -> said.stream()
                .findFirst());
    }

    private Optional<Result> asked(WorkerFleet fleet, VersionView view) {
        try {
            return fleet.metadata()
                    .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .map(text -> reader.read(
                            text.getBytes(StandardCharsets.UTF_8), new PluginIdentity(view.id(), view.version())));
        } catch (ExecutionException e) {
            Throwable why = Optional.ofNullable(e.getCause()).orElse(e);
            return Optional.of(new Result.Bad(String.valueOf(why.getMessage())));
        } catch (TimeoutException e) {
            return Optional.of(new Result.Bad("Its process was not asked within " + PATIENCE.toSeconds() + " s."));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
