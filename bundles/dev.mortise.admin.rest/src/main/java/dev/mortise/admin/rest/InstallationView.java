// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.kernel.admin.Configurations.Auth;
import dev.mortise.kernel.admin.Configurations.Configuration;
import dev.mortise.kernel.admin.Installations.Installation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One plugin for one tenant as JSON. */
record InstallationView(
        String tenant,
        String plugin,
        boolean enabled,
        String runtimeState,
        Optional<String> reason,
        Instant since,
        Optional<Map<String, Object>> config,
        Optional<Auth> auth,
        List<String> grants,
        List<String> revoked) {
    /** Shows one among many, without its settings. */
    static InstallationView of(Installation one) {
        return of(one, Optional.empty(), Optional.empty());
    }

    static InstallationView of(Installation one, Configuration settings) {
        return of(one, Optional.of(settings.config()), settings.auth());
    }

    private static InstallationView of(Installation one, Optional<Map<String, Object>> config, Optional<Auth> auth) {
        return new InstallationView(
                one.tenant(),
                one.plugin(),
                one.enabled(),
                one.runtimeState().text(),
                Optional.of(one.reason()).filter(reason -> !reason.isEmpty()),
                one.since(),
                config,
                auth,
                one.grants(),
                one.revoked());
    }
}
