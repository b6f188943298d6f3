// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.tenancy;

import java.util.Arrays;
import java.util.Locale;

/** For which tenants a plugin is enabled about which nothing was decided. */
public enum Policy {
    ALL,
    NONE;

    /**
     * Reads the configuration.
     *
     * @throws IllegalArgumentException when it is none of them
     */
    public static Policy of(String text) {
        return Arrays.stream(values())
                .filter(policy -> policy.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("host.installations.policy is '" + text
                        + "', and all or none is expected. Mend etc/host.properties."));
    }
}
