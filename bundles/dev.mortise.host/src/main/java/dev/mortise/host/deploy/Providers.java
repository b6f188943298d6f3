// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.deploy.Selection.Choice;
import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.MissingDependency;
import dev.mortise.kernel.model.Problem.NotOffered;
import dev.mortise.kernel.model.Problem.ProviderNotReady;
import java.util.List;
import java.util.Optional;

/** How the providers of plugins stand at this moment, which a plan of what is wanted can't know. */
record Providers(Rows rows, Choice choice) {
    /** Tells whether all that it requires serves, or stands ready to. */
    boolean standReadyFor(Row row) {
        return row.artifact().manifest().dependencies().stream()
                .filter(Dependency::required)
                .allMatch(dependency -> standsReady(dependency.plugin()));
    }

    /** Answers the version of a plugin that speaks for it: the best that is switched in, else the one that is to be. */
    Optional<Row> speaker(PluginId plugin) {
        return rows.current(plugin).stream().findFirst().or(() -> choice.of(plugin).stream()
                .sorted(Wish.MOST_WANTED_FIRST)
                .flatMap(artifact -> rows.find(artifact.digest()).stream())
                .findFirst());
    }

    /** Says of providers that are there, but do not serve, in which state they really are. */
    List<Problem> asTheyAre(List<Problem> problems) {
        return problems.stream().map(this::asItIs).toList();
    }

    private Problem asItIs(Problem problem) {
        if (problem instanceof MissingDependency missing) {
            return speaker(missing.dependency().plugin())
                    .map(row -> asItIs(missing, row))
                    .orElse(missing);
        }
        if (problem instanceof ProviderNotReady provider) {
            return speaker(provider.dependency().plugin())
                    .<Problem>map(row -> new ProviderNotReady(
                            provider.plugin(), provider.dependency(), provider.index(), row.state(), provider.reason()))
                    .orElse(provider);
        }
        return problem;
    }

    private static Problem asItIs(MissingDependency missing, Row row) {
        return offers(row, missing.dependency())
                ? new ProviderNotReady(
                        missing.plugin(), missing.dependency(), missing.index(), row.state(), row.reason())
                : NotOffered.by(row.artifact().manifest(), missing.plugin(), missing.dependency(), missing.index());
    }

    private static boolean offers(Row row, Dependency dependency) {
        return row.artifact().manifest().services().stream()
                .anyMatch(service -> service.name().equals(dependency.service()));
    }

    /** Where no version of it is to run here, instances elsewhere serve: else what requires it would not be started. */
    private boolean standsReady(PluginId plugin) {
        List<Row> here = choice.of(plugin).stream()
                .filter(this::toRun)
                .flatMap(artifact -> rows.find(artifact.digest()).stream())
                .toList();
        return here.isEmpty() || here.stream().anyMatch(row -> row.prepared() || row.serves());
    }

    private boolean toRun(Artifact artifact) {
        Verdict verdict = choice.verdicts().get(artifact.digest());
        return verdict != null && verdict.kind() == Verdict.Kind.RUN;
    }
}
