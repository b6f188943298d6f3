// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.admin.Why.Nearest;
import dev.mortise.kernel.model.Dependency;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Problem.DependencyCycle;
import dev.mortise.kernel.model.Problem.HostMismatch;
import dev.mortise.kernel.model.Problem.NotOffered;
import dev.mortise.kernel.model.Problem.Unserved;
import dev.mortise.kernel.model.Problem.VersionMismatch;
import dev.mortise.kernel.model.Problem.WrongOwner;
import dev.mortise.kernel.model.Version;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Explains why a plugin, or a version beside the one that serves, is not READY: the chain that leads to the cause, every
 * problem, and what almost fits.
 */
record Explanation(HostSnapshot snapshot) {
    Optional<Why> of(PluginId id) {
        return snapshot.speaker(id).map(this::explain);
    }

    private Why explain(VersionView view) {
        List<VersionView> others = others(view);
        List<Why.Item> items = new ArrayList<>();
        view.problems().forEach(problem -> items.add(item(problem)));
        others.forEach(other -> items.addAll(itemsBeside(other)));
        return new Why(
                view.id().value(),
                view.version().text(),
                view.state(),
                summary(view, others),
                items.stream().map(Why.Item::remedy).findFirst(),
                chain(view),
                items,
                view.warnings());
    }

    /** A plugin that serves may still have newer versions that do not come up; the newest is what people ask for. */
    private List<VersionView> others(VersionView view) {
        return snapshot.plugins().getOrDefault(view.id(), List.of()).stream()
                .skip(1)
                .filter(other -> !other.problems().isEmpty())
                .sorted(Comparator.comparing(VersionView::version).reversed())
                .toList();
    }

    private static String summary(VersionView view, List<VersionView> others) {
        List<String> sentences = new ArrayList<>();
        sentences.add(
                view.reason().isEmpty()
                        ? "Plugin '%s' %s is %s.".formatted(view.id(), view.version(), view.state())
                        : view.reason());
        others.forEach(other -> sentences.add(beside(other, other.reason())));
        return String.join(" ", sentences);
    }

    private List<Why.Item> itemsBeside(VersionView other) {
        List<Why.Item> items = new ArrayList<>();
        for (Problem problem : other.problems()) {
            items.add(item(problem, beside(other, items.isEmpty() ? other.reason() : problem.message())));
        }
        return items;
    }

    private static String beside(VersionView other, String sentence) {
        return "Version %s is %s: %s".formatted(other.version(), other.state(), sentence);
    }

    /** From the plugin over each provider that does not serve to the one with a cause of its own. */
    private List<String> chain(VersionView start) {
        Set<PluginId> chain = new LinkedHashSet<>();
        Optional<VersionView> view = Optional.of(start);
        while (view.isPresent() && chain.add(view.get().id())) {
            Optional<PluginId> next = view.get().problems().stream()
                    .flatMap(problem -> provider(problem).stream())
                    .findFirst();
            view = next.flatMap(snapshot::speaker);
            if (view.isEmpty()) {
                next.ifPresent(chain::add);
            }
        }
        return chain.stream().map(PluginId::value).toList();
    }

    private static Optional<PluginId> provider(Problem problem) {
        return dependency(problem).map(Dependency::plugin);
    }

    private static Optional<Dependency> dependency(Problem problem) {
        return problem instanceof Unserved need ? Optional.of(need.dependency()) : Optional.empty();
    }

    /** Words a problem for a person. */
    Why.Item item(Problem problem) {
        return item(problem, problem.message());
    }

    private Why.Item item(Problem problem, String message) {
        return new Why.Item(
                problem.code().name(),
                message,
                problem.remedy(),
                problem.pointerText(),
                problem instanceof DependencyCycle cycle
                        ? Optional.of(cycle.path().stream().map(PluginId::value).toList())
                        : Optional.empty(),
                required(problem),
                found(problem).map(Version::text),
                nearest(problem));
    }

    private static Optional<String> required(Problem problem) {
        return problem instanceof HostMismatch host
                ? Optional.of(host.range().text())
                : dependency(problem).map(dependency -> dependency.range().text());
    }

    private static Optional<Version> found(Problem problem) {
        if (problem instanceof VersionMismatch mismatch) {
            return Optional.of(mismatch.installed());
        }
        return problem instanceof HostMismatch host ? Optional.of(host.host()) : Optional.empty();
    }

    private Optional<Nearest> nearest(Problem problem) {
        PluginId wanted = problem instanceof WrongOwner wrong
                ? wrong.owner()
                : provider(problem).orElse(null);
        return Optional.ofNullable(wanted)
                .flatMap(snapshot::speaker)
                .map(view -> new Nearest(view.id().value(), view.version().text(), whyNot(problem, view)));
    }

    private static String whyNot(Problem problem, VersionView view) {
        if (problem instanceof VersionMismatch mismatch) {
            return "It offers %s %s, which is outside %s."
                    .formatted(
                            mismatch.dependency().service(),
                            mismatch.installed(),
                            mismatch.dependency().range());
        }
        if (problem instanceof WrongOwner wrong) {
            return "It owns the service, but the dependency names plugin '"
                    + wrong.dependency().plugin() + "'.";
        }
        return problem instanceof NotOffered absent
                ? "It does not offer " + absent.dependency().service() + "."
                : ("It is " + view.state() + ". " + view.reason()).strip();
    }
}
