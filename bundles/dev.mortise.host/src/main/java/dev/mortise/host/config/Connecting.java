// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a tenant gives credentials once tokens of a method came, which took a while.
 *
 * @param begun how it did when they were asked for
 */
record Connecting(ConfigSources sources, Place place, ConfigSchema schema, String methodId, Optional<AuthState> begun) {
    /** Answers what takes the place of what is there; nothing when that was changed meanwhile. */
    Optional<Settings> over(Settings now) {
        // it may be there already: an earlier try was kept, and no answer came
        Settings kept = connected(new Settings(now.values(), now.secrets(), begun));
        boolean ours = same(now.auth(), begun) || same(now.auth(), kept.auth());
        return ours ? Optional.of(connected(now)) : Optional.empty();
    }

    private Settings connected(Settings settings) {
        return new SettingsChange(sources, place, schema, settings).connected(methodId);
    }

    /** Other envelopes of the same texts, and that the plugin found them good, are no change. */
    private boolean same(Optional<AuthState> one, Optional<AuthState> other) {
        return one.map(this::opened).equals(other.map(this::opened));
    }

    private AuthState opened(AuthState auth) {
        Map<String, String> texts = new HashMap<>(auth.credentials());
        texts.replaceAll(this::opened);
        return new AuthState(auth.methodId(), texts, Optional.empty());
    }

    private String opened(String field, String envelope) {
        try {
            return sources.open(place, field, envelope).toString();
        } catch (MortiseException closed) {
            return envelope; // nor can anybody have sealed it anew
        }
    }
}
