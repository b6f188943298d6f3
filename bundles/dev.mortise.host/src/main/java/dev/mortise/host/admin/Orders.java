// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.deploy.OperatorOrders;
import dev.mortise.host.intake.Inspection;
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

/** What a host that runs gives to those who carry orders to it. */
public interface Orders {
    /** Takes a jar into the store and looks into it. */
    Inspection receive(InputStream jar, String name) throws IOException;

    /** Looks into an artifact that is kept in the store. */
    Optional<Inspection> kept(Digest digest, String name) throws IOException;

    /** Answers who reads {@code plugin.json}. */
    ManifestReader manifests();

    /** Answers the store of deployments. */
    DeploymentStore store();

    /** Answers what became of the class loader of the version of a plugin that was retired last. */
    Optional<LeakVerdict> leak(PluginId plugin);

    /** Asks on the thread that decides. */
    <T> CompletableFuture<T> ask(Function<OperatorOrders, T> question);
}
