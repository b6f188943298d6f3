// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Note;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/** Judges whether an artifact may be tried at all beside what is wanted already; all else is the planner's. */
record Admission(Wants wants, Predicate<Artifact> serves) {
    /**
     * A request.
     *
     * @param source the file that asks for it; absent for an order
     * @param downgrade whether it may take the place of a higher version
     */
    record Request(Artifact artifact, Optional<Path> source, boolean downgrade) {}

    /** Answers why the artifact is parked or refused, if so. */
    Optional<Note> against(Request request) {
        Artifact next = request.artifact();
        return wants.of(next.id()).stream()
                .filter(other -> Wish.rivals(next, other.artifact()) || sameVersion(next, other.artifact()))
                .flatMap(other -> twin(request, other).or(() -> lower(request, other)).stream())
                .findFirst();
    }

    private static boolean sameVersion(Artifact one, Artifact other) {
        return !one.digest().equals(other.digest())
                && one.manifest()
                        .version()
                        .text()
                        .equals(other.manifest().version().text());
    }

    /** A release is one content for ever; one that never ran may be mended: where it lies, or by order. */
    private static Optional<Note> twin(Request request, Wish other) {
        Artifact next = request.artifact();
        boolean atItsPlace = other.source().equals(request.source());
        boolean byOrder = request.source().isEmpty() && other.pending();
        boolean mended = !other.active() && (other.failed() || atItsPlace || byOrder);
        if (next.manifest().version().preRelease() || !sameVersion(next, other.artifact()) || mended) {
            return Optional.empty();
        }
        Artifact first = other.artifact();
        return Optional.of(new Note(
                PluginState.REJECTED,
                Problem.Code.CLASH,
                "%s is already here with other content (sha256 %s…). Raise the version."
                        .formatted(first.identity(), first.digest().shortHex()),
                "Raise the version: the first one has sha256 %s%s, %s has sha256 %s."
                        .formatted(first.digest(), place(other), place(request), next.digest())));
    }

    private static String place(Wish wish) {
        return wish.source().map(path -> " in " + path).orElse("") + (wish.active() ? " and runs" : "");
    }

    private static String place(Request request) {
        return request.source().map(Path::toString).orElse("the new one");
    }

    private Optional<Note> lower(Request request, Wish other) {
        Artifact next = request.artifact();
        Artifact running = other.artifact();
        boolean settled = other.active() && serves.test(running);
        if (request.downgrade() || !settled || !isLower(request, running)) {
            return Optional.empty();
        }
        boolean inItsPlace = request.source().isEmpty() || other.source().equals(request.source());
        if (!inItsPlace) {
            return Optional.of(Wants.superseded(next, running));
        }
        boolean preRelease = running.manifest().version().preRelease();
        return preRelease && request.source().isPresent() ? Optional.empty() : Optional.of(downgrade(request, running));
    }

    /** Of what lies in the folder a release is taken before a pre-release; who sends a pre-release means it. */
    private static boolean isLower(Request request, Artifact running) {
        Version next = request.artifact().manifest().version();
        Version now = running.manifest().version();
        boolean preferred = request.source().isPresent() && now.preRelease() != next.preRelease();
        return preferred ? next.preRelease() : next.compareTo(now) < 0;
    }

    /** A jar that was overwritten by one of a lower version is a mistake until somebody says otherwise. */
    private static Note downgrade(Request request, Artifact running) {
        Artifact lower = request.artifact();
        String way = request.source().isPresent()
                ? "remove the jar first."
                : "ask for a downgrade with --downgrade or ?downgrade=true.";
        return new Note(
                PluginState.REJECTED,
                Problem.Code.CLASH,
                "%s is lower than %s, which runs. Raise the version, or %s"
                        .formatted(lower.identity(), running.manifest().version(), way),
                "Raise the version, or go down on purpose: 'rollback %s', or 'install --downgrade'."
                        .formatted(lower.id()));
    }
}
