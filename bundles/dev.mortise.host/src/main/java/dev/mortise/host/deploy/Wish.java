// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.deploy;

import dev.mortise.host.intake.Artifact;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Note;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.Want;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * An artifact of the desired state.
 *
 * @param source the file of the watched folder that it came from
 * @param note why it is parked
 */
record Wish(Artifact artifact, Role role, Optional<Path> source, Optional<Note> note) {
    /** Releases before pre-releases, higher before lower. */
    static final Comparator<Artifact> MOST_WANTED_FIRST = Comparator.<Artifact, Boolean>comparing(
                    artifact -> artifact.manifest().version().preRelease())
            .thenComparing(artifact -> artifact.manifest().version(), Comparator.reverseOrder())
            .thenComparing(artifact -> artifact.digest().hex());

    /** What comes back after a start of the container first, then what is asked for, then what runs, then what failed. */
    static Comparator<Wish> inTurn(Predicate<Wish> returns) {
        return Comparator.<Wish, Integer>comparing(wish -> returns.test(wish) ? -1 : turn(wish.role))
                .thenComparing(Wish::artifact, MOST_WANTED_FIRST);
    }

    private static int turn(Role role) {
        return switch (role) {
            case PENDING -> 0;
            case ACTIVE -> 1;
            case PARKED -> 2;
        };
    }

    static Wish pending(Artifact artifact, Optional<Path> source) {
        return new Wish(artifact, Role.PENDING, source, Optional.empty());
    }

    PluginId id() {
        return artifact.id();
    }

    Version version() {
        return artifact.manifest().version();
    }

    boolean active() {
        return role == Role.ACTIVE;
    }

    boolean pending() {
        return role == Role.PENDING;
    }

    /** Tells whether it is parked because it failed: it runs as soon as somebody asks for another try. */
    boolean failed() {
        return note.filter(why -> why.state() == PluginState.FAILED || why.state() == PluginState.QUARANTINED)
                .isPresent();
    }

    /** Tells whether it may be tried, or could be after another try. */
    boolean option() {
        return role != Role.PARKED || failed();
    }

    Wish from(Path file) {
        return new Wish(artifact, role, Optional.of(file), note);
    }

    Wish activated() {
        return new Wish(artifact, Role.ACTIVE, source, Optional.empty());
    }

    Wish tried() {
        return role == Role.PARKED ? pending(artifact, source) : this;
    }

    Wish parked(Note why) {
        return new Wish(artifact, Role.PARKED, source, Optional.of(why));
    }

    Want want() {
        return new Want(id(), version(), artifact.digest(), role, source.map(Path::toString), note);
    }

    /** Tells whether only one of the two can run: versions of one plugin, unless their majors coexist. */
    static boolean rivals(Artifact one, Artifact other) {
        boolean coexist = one.manifest().coexist() || other.manifest().coexist();
        return one.id().equals(other.id())
                && !one.digest().equals(other.digest())
                && (!coexist
                        || one.manifest()
                                .version()
                                .major()
                                .equals(other.manifest().version().major()));
    }
}
