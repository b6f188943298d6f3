// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import dev.mortise.kernel.model.PluginState;
import java.time.Instant;
import java.util.Optional;

/** One plugin in one line; the JSON shape of CONTRACTS.md. */
public record PluginSummary(
        String id,
        String name,
        String version,
        PluginState state,
        Optional<String> reason,
        Instant since,
        String location,
        String sha256,
        Optional<String> file) {}
