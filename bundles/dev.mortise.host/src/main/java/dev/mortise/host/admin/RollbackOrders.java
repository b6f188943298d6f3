// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Archived;
import dev.mortise.kernel.port.PluginDatabase;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes back to versions whose bytes are kept, unless the tables are behind a point of no return. */
record RollbackOrders(Orders orders, Ordering ordering, Supplier<Optional<PluginDatabase>> database) {
    private static final Logger LOG = LoggerFactory.getLogger(RollbackOrders.class);

    Change rollback(PluginId id, Optional<Version> wanted) {
        try {
            List<Archived> kept = orders.store().archive(id);
            Optional<Archived> target = wanted.isPresent() ? named(wanted.get(), id, kept) : ranBefore(id, kept);
            return target.isPresent() ? rollback(target.get()) : nowhere(id, wanted, kept);
        } catch (MortiseException e) {
            return Ordering.unavailable(e);
        } catch (IOException e) {
            LOG.warn("Plugin {} was not rolled back", id, e);
            return new Change.Unavailable("Plugin '" + id + "' was not rolled back: " + e + ".");
        }
    }

    private Change rollback(Archived target) throws IOException {
        String name = target.plugin() + "-" + target.version() + ".jar";
        Optional<Inspection> inspection = orders.kept(target.digest(), name);
        if (inspection.isEmpty() || !(inspection.get() instanceof Inspection.Admitted admitted)) {
            return ordering.refused(name + " can't be read back from the store. Deploy it again.", List.of());
        }
        Artifact artifact = admitted.artifact();
        Optional<Problem> barrier = new SchemaBarrier(database).against(artifact);
        return barrier.isPresent()
                ? ordering.refused(barrier.get())
                : ordering.carry(
                        desk -> desk.rollback(artifact),
                        "Plugin '%s' goes back to %s.".formatted(target.plugin(), target.version()));
    }

    /** The version that ran last before the one that runs, or is to run. */
    private Optional<Archived> ranBefore(PluginId id, List<Archived> kept) {
        Set<Digest> now = now(id);
        return kept.stream()
                .filter(one -> one.ranAt().isPresent() && !now.contains(one.digest()))
                .findFirst();
    }

    /** A release has one content, whatever was refused beside it; a pre-release may be kept with several. */
    private Optional<Archived> named(Version version, PluginId id, List<Archived> kept) {
        Set<Digest> now = now(id);
        return kept.stream()
                .filter(one -> one.version().equals(version))
                .min(Comparator.<Archived, Boolean>comparing(one -> version.preRelease() == now.contains(one.digest()))
                        .thenComparing(one -> one.ranAt().isEmpty()));
    }

    private Set<Digest> now(PluginId id) {
        List<VersionView> views = ordering.snapshots().get().plugins().getOrDefault(id, List.of());
        boolean runs = views.stream().anyMatch(VersionView::current);
        return (runs
                        ? views.stream().filter(VersionView::current)
                        : views.stream().limit(1))
                .map(VersionView::digest)
                .collect(Collectors.toSet());
    }

    /** Who asks for a version that is not kept is told which ones are. */
    private Change nowhere(PluginId id, Optional<Version> wanted, List<Archived> kept) {
        if (kept.isEmpty() && ordering.snapshots().get().speaker(id).isEmpty()) {
            return SnapshotPlugins.unknown(id);
        }
        Set<Digest> now = now(id);
        Set<Version> running = kept.stream()
                .filter(one -> now.contains(one.digest()) && !one.version().preRelease())
                .map(Archived::version)
                .collect(Collectors.toSet());
        String others = kept.stream()
                .filter(one -> !now.contains(one.digest()) && !running.contains(one.version()))
                .map(Archived::version)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .map(Version::text)
                .collect(Collectors.joining(", "));
        String what = wanted.map(version -> "Version %s of plugin '%s' is not kept.".formatted(version, id))
                .orElseGet(() -> "No version of plugin '%s' that ran before is kept.".formatted(id));
        return ordering.refused(
                what
                        + (others.isEmpty()
                                ? " There is none to go back to. Deploy its jar."
                                : " It can go back to: " + others + "."),
                List.of());
    }
}
