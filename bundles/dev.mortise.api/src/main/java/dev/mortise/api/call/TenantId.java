// SPDX-License-Identifier: Apache-2.0
package dev.mortise.api.call;

import java.util.Objects;

/** Identifies a tenant: the customer organisation on whose behalf a call runs. */
public record TenantId(String value) {
    /** The tenant that exists from the first start. */
    public static final TenantId DEFAULT = new TenantId("default");

    public TenantId {
        Objects.requireNonNull(value, "value is null");
        if (value.isBlank() || value.length() > 63) {
            throw new IllegalArgumentException("A tenant id has 1 to 63 characters, not '" + value + "'.");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
