// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.port.WorkerFleet.Worker;
import java.util.List;

/** Processes of plugins, one line each. */
public record WorkerList(List<Worker> workers) {}
