// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.host.admin.Orders;
import dev.mortise.host.deploy.OperatorOrders;
import dev.mortise.host.deploy.Sequence;
import dev.mortise.host.intake.Inspection;
import dev.mortise.host.intake.Staging;
import dev.mortise.host.leak.LeakVerdict;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.DeploymentStore;
import dev.mortise.kernel.port.ManifestReader;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Carries orders to the thread that decides. */
record EngineOrders(
        Staging staging,
        ManifestReader manifests,
        DeploymentStore store,
        Sequence sequence,
        OperatorOrders desk,
        Function<PluginId, Optional<LeakVerdict>> leaks)
        implements Orders {
    @Override
    public Inspection receive(InputStream jar, String name) throws IOException {
        return staging.receive(jar, name);
    }

    @Override
    public Optional<Inspection> kept(Digest digest, String name) throws IOException {
        return staging.restore(digest, name, store::fetch);
    }

    @Override
    public Optional<LeakVerdict> leak(PluginId plugin) {
        return leaks.apply(plugin);
    }

    @Override
    public <T> CompletableFuture<T> ask(Function<OperatorOrders, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        sequence.post(() -> {
            try {
                answer.complete(question.apply(desk));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
                throw e;
            }
        });
        return answer;
    }
}
