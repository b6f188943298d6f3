// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.Deployment;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.DeploymentStore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** The store that is there at the moment of each question: databases come and go. */
record CurrentStore(Supplier<Optional<DeploymentStore>> present) implements DeploymentStore {
    @Override
    public Recorded load(String node) {
        return store().load(node);
    }

    @Override
    public long commit(Commit commit) {
        return store().commit(commit);
    }

    @Override
    public boolean fetch(Digest digest, Path target) throws IOException {
        return store().fetch(digest, target);
    }

    @Override
    public List<Archived> archive(PluginId plugin) {
        return store().archive(plugin);
    }

    @Override
    public Set<Digest> prune(int kept, Duration grace) {
        return store().prune(kept, grace);
    }

    @Override
    public List<Deployment> deployments(int limit) {
        return store().deployments(limit);
    }

    @Override
    public Optional<Deployment> deployment(String id) {
        return store().deployment(id);
    }

    private DeploymentStore store() {
        return present.get()
                .orElseThrow(() -> new MortiseException(
                        ErrorCode.SERVICE_UNAVAILABLE, "The database is not there. Wait until it is back."));
    }
}
