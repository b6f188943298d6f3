// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.admin.Change;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Archived;
import dev.mortise.kernel.port.PluginDatabase;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes back to versions whose bytes are kept, unless the tables are behind a point of no return. */
record RollbackOrders(Orders orders, Ordering ordering, Supplier<Optional<PluginDatabase>> database) {
    private static final Logger LOG = LoggerFactory.getLogger(RollbackOrders.class);
    private static final int LOOKED_BACK = 500;

    Change rollback(PluginId id, Optional<Version> wanted) {
        try {
            List<Archived> kept = orders.store().archive(id);
            Optional<Archived> target = wanted.isPresent()
                    ? kept.stream()
                            .filter(one -> one.version().equals(wanted.get()))
                            .findFirst()
                    : before(id, running(id), kept);
            return target.isPresent() ? rollback(target.get()) : unknown(id, wanted, kept);
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

    private Optional<Version> running(PluginId id) {
        return ordering.snapshots().get().plugins().getOrDefault(id, List.of()).stream()
                .filter(VersionView::current)
                .map(VersionView::version)
                .findFirst();
    }

    /** The version that ran before, as the journal tells; else the highest lower one that is kept. */
    private Optional<Archived> before(PluginId id, Optional<Version> running, List<Archived> kept) {
        Optional<String> ranBefore = orders.store().deployments(LOOKED_BACK).stream()
                .filter(deployment -> deployment.state() == Deployment.State.DONE)
                .flatMap(deployment -> deployment.groups().stream())
                .flatMap(group -> group.plugins().stream())
                .filter(member -> member.id().equals(id.value()) && member.to().equals(running.map(Version::text)))
                .flatMap(member -> member.from().stream())
                .filter(from ->
                        running.filter(version -> version.text().equals(from)).isEmpty())
                .findFirst();
        return kept.stream()
                .filter(one -> ranBefore.filter(one.version().text()::equals).isPresent())
                .findFirst()
                .or(() -> kept.stream()
                        .filter(one -> running.isEmpty() || one.version().compareTo(running.get()) < 0)
                        .max(Comparator.comparing(Archived::version)));
    }

    private static Change unknown(PluginId id, Optional<Version> wanted, List<Archived> kept) {
        String what = wanted.map(version -> "Version " + version + " of plugin '" + id + "' is not in the store.")
                .orElse("There is no earlier version of plugin '" + id + "' in the store.");
        String there = kept.isEmpty()
                ? " Nothing of it is kept there."
                : " There are: "
                        + kept.stream()
                                .map(Archived::version)
                                .sorted(Comparator.reverseOrder())
                                .map(Version::text)
                                .collect(Collectors.joining(", "))
                        + ".";
        return new Change.Unknown(id, what + there);
    }
}
