// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.Problem.StartProblem;
import dev.mortise.kernel.model.RuntimeDeclaration;
import dev.mortise.kernel.port.PlacementStore;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Says where plugins are to run: where an operator moved them, else where the configuration says, else the first of their
 * manifest's locations.
 *
 * @param decided where operators moved plugins
 * @param configured what the configuration says of a plugin
 */
public record Placements(Supplier<Optional<PlacementStore>> decided, Function<PluginId, Optional<String>> configured) {
    private static final Set<String> HERE = Set.of(RuntimeDeclaration.BUNDLE, RuntimeDeclaration.WORKER);

    /** What is said of a plugin. */
    public sealed interface Placement {
        /** It runs there. */
        record At(String location) implements Placement {}

        /** Whoever said so asked for what can't be. */
        record Bad(StartProblem problem) implements Placement {}
    }

    /** Answers where a plugin version is to run. */
    public Placement of(PluginManifest manifest) {
        Optional<String> moved = decided.get().map(PlacementStore::decided).orElse(Map.of()).entrySet().stream()
                .filter(entry -> entry.getKey().equals(manifest.id()))
                .map(Map.Entry::getValue)
                .findFirst();
        if (moved.filter(manifest.locations()::contains).isPresent()) {
            return new Placement.At(moved.get());
        }
        try {
            return of(manifest, configured.apply(manifest.id()));
        } catch (UncheckedIOException e) {
            return new Placement.Bad(new StartProblem(
                    "Nobody knows where plugin '%s' is to run: %s".formatted(manifest.id(), e.getMessage()),
                    "Mend the file. Then run 'restart %s'.".formatted(manifest.id())));
        }
    }

    private static Placement of(PluginManifest manifest, Optional<String> said) {
        return said.flatMap(location -> objection(manifest, location))
                .<Placement>map(Placement.Bad::new)
                .orElseGet(() -> new Placement.At(said.orElse(manifest.runtime().preferred())));
    }

    /** Keeps where a plugin is to run from now on; waits for the database. */
    void decide(PluginId plugin, String location) {
        decided.get()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE, "The database is not there yet. Try again."))
                .decide(plugin, location);
    }

    private static Optional<StartProblem> objection(PluginManifest manifest, String location) {
        boolean good = HERE.contains(location) && manifest.locations().contains(location);
        return good
                ? Optional.empty()
                : Optional.of(new StartProblem(
                        "Plugin '%s' is to run as '%s' (%s.location in etc/plugins.properties), and its plugin.json lists the locations %s."
                                .formatted(
                                        manifest.id(),
                                        location,
                                        manifest.id(),
                                        manifest.locations().stream().sorted().toList()),
                        "Give %s.location one of these that is bundle or worker, or leave it out. Then run 'restart %s'."
                                .formatted(manifest.id(), manifest.id())));
    }
}
