// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.admin.Services.RouteLine;
import java.util.List;

/** All routes. */
public record RouteList(List<RouteLine> routes) {}
