// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import org.apache.felix.hc.api.HealthCheck;
import org.apache.felix.hc.api.Result;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** A health check that says no until somebody runs it. */
@Component(service = {HealthCheck.class, Runnable.class})
public final class Gate implements HealthCheck, Runnable {
    private final Diary diary;
    private volatile boolean open;

    /** Takes the diary. */
    @Activate
    public Gate(@Reference Diary diary) {
        this.diary = diary;
    }

    @Override
    public void run() {
        open = true;
    }

    @Override
    public Result execute() {
        diary.note("the gate is " + (open ? "open" : "closed"));
        return open
                ? new Result(Result.Status.OK, "open")
                : new Result(Result.Status.TEMPORARILY_UNAVAILABLE, "the gate is closed");
    }
}
