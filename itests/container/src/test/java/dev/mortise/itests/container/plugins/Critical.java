// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;

/** A health check that sees no hope. */
@Component
public final class Critical implements HealthCheck {
    @Override
    public Result execute() {
        return new Result(Result.Status.CRITICAL, "the disk is full");
    }
}
