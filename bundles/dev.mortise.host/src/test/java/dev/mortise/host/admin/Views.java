// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import dev.mortise.host.deploy.HostSnapshot.RouteView;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Problem;
import dev.mortise.testkit.PluginBuilder;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Versions of plugins as a snapshot shows them. */
final class Views {
    static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private Views() {}

    static VersionView of(
            PluginBuilder builder, PluginState state, String reason, boolean current, Problem... problems) {
        PluginManifest manifest = builder.manifest();
        return new VersionView(
                manifest.id(),
                manifest.version(),
                builder.candidate().digest(),
                Optional.of(manifest),
                state,
                reason,
                NOON,
                List.of(problems),
                List.of("It is old."),
                List.of(Path.of(manifest.id() + ".jar")),
                current,
                "bundle",
                List.of(new RouteView("GET", "/products")),
                List.of(),
                0);
    }
}
