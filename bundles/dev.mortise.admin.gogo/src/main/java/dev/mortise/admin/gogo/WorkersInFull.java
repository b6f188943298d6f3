// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.util.List;

/** Processes of one plugin, with all that is known of them. */
public record WorkersInFull(List<Worker> workers) {}
