// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.deploy.OperatorOrders;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.host.leak.LeakVerdict;
import dev.mortise.kernel.admin.Preview.Planned;
import dev.mortise.kernel.admin.Why;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Problem;
import dev.mortise.kernel.model.Trigger;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.kernel.port.ManifestReader;
import dev.mortise.testkit.port.MemoryDeploymentStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Takes every order and writes it down. */
final class NotedOrders implements Orders, OperatorOrders {
    final List<String> asked = new ArrayList<>();
    final MemoryDeploymentStore store = new MemoryDeploymentStore();
    final Map<Digest, Artifact> artifacts = new HashMap<>();
    /** What was gone back to last. */
    Optional<Digest> last = Optional.empty();

    /** Why the plugin's tables can't be touched. */
    Optional<String> runs = Optional.empty();

    Answer answer = new Answer.Taken("d1", CompletableFuture.completedFuture(8L), () -> {});
    Inspection inspection = new Inspection.Refused(
            Optional.empty(), List.of(new Problem.IntakeProblem("x.jar is no bundle.", "Build it.")));

    @Override
    public Inspection receive(InputStream jar, String name) {
        return inspection;
    }

    @Override
    public Optional<Inspection> kept(Digest digest, String name) {
        return Optional.ofNullable(artifacts.get(digest)).map(Inspection.Admitted::new);
    }

    @Override
    public Optional<LeakVerdict> leak(PluginId plugin) {
        return Optional.of(new LeakVerdict.Leaked(List.of("thread 'poller'")));
    }

    @Override
    public ManifestReader manifests() {
        throw new IllegalStateException("never asked");
    }

    @Override
    public DeploymentStore store() {
        return store;
    }

    @Override
    public <T> CompletableFuture<T> ask(Function<OperatorOrders, T> question) {
        return CompletableFuture.completedFuture(question.apply(this));
    }

    @Override
    public long generation() {
        return 7;
    }

    @Override
    public Answer install(Artifact artifact, boolean downgrade, Trigger trigger, long asOf) {
        return note("install " + artifact.identity() + " by " + trigger + " as of " + asOf);
    }

    @Override
    public Answer rollback(Artifact artifact) {
        last = Optional.of(artifact.digest());
        return note("rollback " + artifact.identity());
    }

    @Override
    public Answer uninstall(PluginId plugin, boolean force, Trigger trigger) {
        return note("uninstall " + plugin + " by " + trigger);
    }

    @Override
    public Answer restart(PluginId plugin, Trigger trigger) {
        return note("restart " + plugin + " by " + trigger);
    }

    @Override
    public Answer move(PluginId plugin, String location, Trigger trigger) {
        return note("restart " + plugin + " by " + trigger);
    }

    @Override
    public Optional<String> disturbed(PluginId plugin) {
        asked.add("disturbed " + plugin);
        return runs;
    }

    @Override
    public Optional<String> needed(PluginId plugin) {
        asked.add("needed " + plugin);
        return runs;
    }

    @Override
    public Planned preview(Artifact artifact, boolean downgrade, Function<Problem, Why.Item> items) {
        return new Planned(7, List.of(), List.of(), List.of());
    }

    private Answer note(String what) {
        asked.add(what);
        return answer;
    }
}
