// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.kernel.port.TenantDirectory.Tenant;
import java.util.Locale;

/** One tenant as JSON. */
record TenantView(String id, String slug, String name, String state) {
    static TenantView of(Tenant tenant) {
        return new TenantView(
                tenant.id().value(),
                tenant.slug(),
                tenant.name(),
                tenant.state().name().toLowerCase(Locale.ROOT));
    }
}
