// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Deployment.Group;
import dev.mortise.kernel.model.Deployment.Leak;
import dev.mortise.kernel.model.Deployment.Member;
import dev.mortise.kernel.model.Deployment.Phase;
import dev.mortise.kernel.model.Deployment.State;
import dev.mortise.kernel.model.Deployment.Step;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.DeploymentStore.Commit;
import dev.mortise.kernel.port.DeploymentStore.Note;
import dev.mortise.kernel.port.DeploymentStore.Role;
import dev.mortise.kernel.port.DeploymentStore.SeenFile;
import dev.mortise.kernel.port.DeploymentStore.Want;
import dev.mortise.testkit.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Short words for what is desired and for the journal in tests. */
final class Deployed {
    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00.123456Z");

    private Deployed() {}

    static Digest digest(String text) {
        return Digests.of(text);
    }

    /** A want whose bytes are its own name. */
    static Want want(String plugin, String version, Role role) {
        return new Want(
                new PluginId(plugin),
                new Version(version),
                digest(plugin + "-" + version + ".jar"),
                role,
                Optional.of(plugin + ".jar"),
                Optional.empty());
    }

    static Want want(String plugin, String version, byte[] bytes) {
        return new Want(
                new PluginId(plugin),
                new Version(version),
                Digests.of(bytes),
                Role.ACTIVE,
                Optional.empty(),
                Optional.empty());
    }

    static Want parked(String plugin, String version) {
        Want want = want(plugin, version, Role.PARKED);
        Note note = new Note(PluginState.FAILED, Problem.Code.START, "It threw: “ä”.", "Mend it.");
        return new Want(want.plugin(), want.version(), want.digest(), Role.PARKED, Optional.empty(), Optional.of(note));
    }

    static Deployment running(String id) {
        return new Deployment(
                id,
                1,
                State.RUNNING,
                Trigger.FOLDER,
                NOON,
                Optional.empty(),
                Optional.empty(),
                List.of(new Group(
                        List.of(
                                new Member("shop", Optional.of("1.0.0"), Optional.of("1.1.0")),
                                new Member("cart", Optional.empty(), Optional.of("1.0.0"))),
                        State.RUNNING,
                        Optional.empty())),
                List.of(new Step(Phase.STAGE, "shop", State.DONE, 3), new Step(Phase.PLAN, "shop", State.RUNNING, 0)),
                List.of());
    }

    /** As {@link #running} later: a step and a group are others, some have come. */
    static Deployment done(String id) {
        Deployment before = running(id);
        return new Deployment(
                id,
                2,
                State.FAILED,
                Trigger.FOLDER,
                NOON,
                Optional.of(NOON.plusSeconds(1)),
                Optional.of("Half of it failed."),
                List.of(
                        new Group(before.groups().get(0).plugins(), State.DONE, Optional.empty()),
                        new Group(
                                List.of(new Member("old", Optional.of("1.0.0"), Optional.empty())),
                                State.FAILED,
                                Optional.of("It is needed."))),
                List.of(
                        before.steps().get(0),
                        new Step(Phase.PLAN, "shop", State.DONE, 4),
                        new Step(Phase.INSTALL, "shop", State.DONE, 20)),
                List.of(new Leak("shop", "1.0.0", "collected after 11 s")));
    }

    /** One that ended for this reason. */
    static Deployment failed(String id, String reason) {
        return new Deployment(
                id,
                1,
                State.FAILED,
                Trigger.API,
                NOON,
                Optional.of(NOON),
                Optional.of(reason),
                List.of(),
                List.of(),
                List.of());
    }

    /** One with many groups of a plugin each, and three steps of each. */
    static Deployment big(String id, int groups) {
        List<Group> many = new ArrayList<>();
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            Member member = new Member("many-" + i, Optional.empty(), Optional.of("1.0.0"));
            many.add(new Group(List.of(member), State.RUNNING, Optional.empty()));
            List.of(Phase.STAGE, Phase.PLAN, Phase.INSTALL)
                    .forEach(phase -> steps.add(new Step(phase, member.id(), State.DONE, 1)));
        }
        return new Deployment(
                id, 1, State.RUNNING, Trigger.FOLDER, NOON, Optional.empty(), Optional.empty(), many, steps, List.of());
    }

    /** A commit of node n1 in the making. */
    record Change(
            long generation,
            boolean advances,
            List<Want> wants,
            Set<Digest> gone,
            List<SeenFile> files,
            Set<String> lost,
            Map<Digest, Path> bytes,
            List<Deployment> deployments) {
        static Change at(long generation) {
            return new Change(
                    generation,
                    true,
                    new ArrayList<>(),
                    new HashSet<>(),
                    new ArrayList<>(),
                    new HashSet<>(),
                    new HashMap<>(),
                    new ArrayList<>());
        }

        static Change journalOnly() {
            Change change = at(0);
            return new Change(
                    0, false, change.wants, change.gone, change.files, change.lost, change.bytes, change.deployments);
        }

        Change put(Want... more) {
            wants.addAll(List.of(more));
            return this;
        }

        /** Puts wants whose bytes are their own names, and writes these bytes to files. */
        Change put(Path folder, Want... more) throws IOException {
            for (Want want : more) {
                String name = want.plugin() + "-" + want.version() + ".jar";
                bytes(want.digest(), Files.write(folder.resolve(name), name.getBytes(StandardCharsets.UTF_8)));
            }
            return put(more);
        }

        Change bytes(Digest digest, Path file) {
            bytes.put(digest, file);
            return this;
        }

        Change removed(Want... less) {
            List.of(less).forEach(want -> gone.add(want.digest()));
            return this;
        }

        Change seen(String path, String content) {
            files.add(new SeenFile(path, digest(content)));
            return this;
        }

        Change gone(String path) {
            lost.add(path);
            return this;
        }

        Change journal(Deployment... more) {
            deployments.addAll(List.of(more));
            return this;
        }

        Commit commit() {
            return new Commit("n1", generation, advances, wants, gone, files, lost, bytes, deployments);
        }
    }
}
