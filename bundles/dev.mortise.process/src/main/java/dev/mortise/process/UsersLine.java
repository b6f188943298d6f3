// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

import dev.mortise.kernel.port.HealthSource.Line;
import dev.mortise.kernel.port.HealthSource.Status;
import dev.mortise.process.worker.launch.Standing;
import dev.mortise.process.worker.launch.Users;

/** Says in the container's health as whom processes of plugins run. */
record UsersLine(Users users) {
    private static final String NAME = "processes";

    Line line() {
        Standing standing = users.standing();
        if (standing instanceof Standing.Refused refused) {
            return new Line(NAME, Status.DEGRADED, "Processes of plugins are not started: " + refused.sentence());
        }
        if (standing instanceof Standing.Numbers numbers) {
            return up("Processes of plugins run as users %s, each one as its own; %d are given."
                    .formatted(numbers.range(), users.given()));
        }
        if (standing instanceof Standing.Own own) {
            return up(own.warning().orElse("Processes of plugins run as Mortise's own user."));
        }
        return up("No process of a plugin was started yet.");
    }

    private static Line up(String message) {
        return new Line(NAME, Status.UP, message);
    }
}
