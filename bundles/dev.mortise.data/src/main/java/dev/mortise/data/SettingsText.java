// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.json.Json;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Settings as the columns {@code config} and {@code auth_state} hold them. */
record SettingsText(Json json) {
    /** The column {@code config}. */
    record Config(Optional<Map<String, Object>> values, Optional<Map<String, String>> secrets) {}

    /** The column {@code auth_state}. */
    record Auth(String methodId, Map<String, String> credentials) {}

    String config(Settings settings) {
        return text(new Config(Optional.of(settings.values()), Optional.of(settings.secrets())));
    }

    @Nullable
    String auth(Settings settings) {
        return settings.auth().map(this::auth).orElse(null);
    }

    String auth(AuthState auth) {
        return text(new Auth(auth.methodId(), auth.credentials()));
    }

    /** Answers envelopes alone. */
    String envelopes(Map<String, String> envelopes) {
        return text(envelopes);
    }

    /** Reads config, auth_state and auth_validated_at, in this order. */
    Settings read(ResultSet row) throws SQLException {
        Config config = json.read(row.getString(1), Config.class);
        Optional<Instant> validated =
                Optional.ofNullable(row.getObject(3, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
        return new Settings(
                config.values().orElse(Map.of()),
                config.secrets().orElse(Map.of()),
                Optional.ofNullable(row.getString(2))
                        .map(text -> json.read(text, Auth.class))
                        .map(auth -> new AuthState(auth.methodId(), auth.credentials(), validated)));
    }

    /** Answers about how many bytes settings take in memory. */
    static long weight(Settings settings) {
        long envelopes = Stream.concat(
                        settings.secrets().values().stream(),
                        settings.auth().stream().flatMap(auth -> auth.credentials().values().stream()))
                .mapToLong(String::length)
                .sum();
        return 2 * (envelopes + settings.values().toString().length());
    }

    private String text(Object value) {
        try {
            return json.write(value).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
