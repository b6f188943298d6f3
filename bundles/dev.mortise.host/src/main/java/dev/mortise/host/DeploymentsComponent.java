// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.kernel.admin.Deployments;
import dev.mortise.kernel.model.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Offers the journal of deployments to the surfaces. */
@Component
public final class DeploymentsComponent implements Deployments {
    private final Deployments deployments;

    /** Makes the offer. */
    @Activate
    public DeploymentsComponent(@Reference HostState state) {
        this.deployments = state.deployments();
    }

    @Override
    public List<Deployment> newest(int limit) {
        return deployments.newest(limit);
    }

    @Override
    public Optional<Deployment> find(String id) {
        return deployments.find(id);
    }

    @Override
    public Optional<Deployment> await(String id, Duration patience) {
        return deployments.await(id, patience);
    }
}
