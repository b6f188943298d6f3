// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Services.Instance;
import java.util.List;

/** All service instances. */
public record ServiceList(List<Instance> services) {}
