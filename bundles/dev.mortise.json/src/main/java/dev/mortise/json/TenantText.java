// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.mortise.api.call.TenantId;

/** What Jackson is told of {@link TenantId}, whose package knows no Jackson: in JSON a tenant is a text. */
interface TenantText {
    @JsonValue
    String value();
}
