// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.Deployment;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The journal of deployments as an operator sees it. Implemented by the host. */
public interface Deployments {
    /** Answers the newest deployments, the newest first. */
    List<Deployment> newest(int limit);

    /** Finds a deployment. */
    Optional<Deployment> find(String id);

    /** Waits until a deployment is no longer RUNNING, or the patience is over; answers how it then stands. Blocks. */
    Optional<Deployment> await(String id, Duration patience);
}
