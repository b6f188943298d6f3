// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution.plugins;

import java.util.concurrent.locks.LockSupport;
import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Component;

/** The health check of a plugin that is as the nurse says; of a silent one nothing is heard. */
@Component
public final class Nursed implements HealthCheck {
    @Override
    public Result execute() {
        while (finding().equals("SILENT")) {
            LockSupport.parkNanos(1_000_000);
        }
        return new Result(Result.Status.valueOf(finding()), "the nurse says " + finding());
    }

    private static String finding() {
        return System.getProperty(Nurse.FINDING, "OK");
    }
}
