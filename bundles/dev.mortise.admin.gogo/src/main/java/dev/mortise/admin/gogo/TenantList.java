// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.util.List;

/** All tenants. */
public record TenantList(List<Tenant> tenants) {}
