// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.rest;

import dev.mortise.kernel.admin.Installations.Installation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One plugin for one tenant as JSON. */
record InstallationView(
        String tenant,
        String plugin,
        boolean enabled,
        String runtimeState,
        Optional<String> reason,
        Instant since,
        List<String> grants,
        List<String> revoked) {
    static InstallationView of(Installation one) {
        return new InstallationView(
                one.tenant(),
                one.plugin(),
                one.enabled(),
                one.runtimeState().text(),
                Optional.of(one.reason()).filter(reason -> !reason.isEmpty()),
                one.since(),
                one.grants(),
                one.revoked());
    }
}
