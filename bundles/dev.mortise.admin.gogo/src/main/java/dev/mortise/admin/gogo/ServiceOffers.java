// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Services.Instance;
import java.util.List;

/** The instances of one service, best first, then those that do not serve. */
public record ServiceOffers(List<Instance> instances) {}
