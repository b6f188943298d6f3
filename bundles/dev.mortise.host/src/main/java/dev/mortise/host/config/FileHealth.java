// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.HealthSource;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Shows what is wrong with {@code etc/plugins.properties}, and with the files {@code etc/plugins/<id>.json} of plugins that are
 * here: what the log said once is
 * easily missed, and a value that does not hold is none.
 */
public record FileHealth(ConfigSources sources, Function<PluginId, Optional<PluginManifest>> manifests)
        implements HealthSource {
    @Override
    public Line check() {
        String wrong = wrong();
        return new Line("plugin files", wrong.isEmpty() ? Status.UP : Status.DEGRADED, wrong);
    }

    private String wrong() {
        try {
            return Stream.concat(
                            sources.files().trouble().stream(),
                            sources.files().given().stream()
                                    .flatMap(plugin -> manifests.apply(plugin).stream())
                                    .map(this::wrong))
                    .filter(sentences -> !sentences.isEmpty())
                    .collect(Collectors.joining(" "));
        } catch (UncheckedIOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String wrong(PluginManifest manifest) {
        PluginId plugin = manifest.id();
        String wrong = new FileCheck(plugin, manifest.config(), sources).wrong();
        return wrong.isEmpty() ? "" : "etc/plugins/" + plugin + ".json: " + wrong;
    }
}
