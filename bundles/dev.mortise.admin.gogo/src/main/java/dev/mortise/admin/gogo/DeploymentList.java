// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.model.Deployment;
import java.util.List;

/** The newest deployments, the newest first. */
public record DeploymentList(List<Deployment> deployments) {}
