// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.model.Deployment;

/** How the removal of a plugin ended, and what stays of it. */
public record Uninstalled(Deployment deployment, String stays) {}
