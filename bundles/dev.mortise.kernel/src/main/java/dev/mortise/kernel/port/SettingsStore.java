// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.PluginId;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Keeps the settings and credentials that tenants gave to plugins; secrets come and go as envelopes. Implemented by the data
 * bundle, used by host and security. Everything throws {@code MortiseException}: SERVICE_UNAVAILABLE while the database
 * can't be reached.
 */
public interface SettingsStore {
    /** Answers what a tenant gave to a plugin, as it is known; what another node changed is known some seconds later. */
    Settings find(TenantId tenant, PluginId plugin);

    /** Remembers nothing more about a plugin: it may have been purged since. Called whenever a version of it is started. */
    void forget(PluginId plugin);

    /** Lets somebody hear what other nodes keep, in place of whoever heard it before. */
    void listen(Listener listener);

    /** Answers what the database holds of a place. */
    Kept read(Place place);

    /**
     * Keeps what a tenant gives, in place of all that it gave before, if nobody changed anything at the place since it was
     * read; {@link #find} answers it when the method returns. Where nothing was decided yet about the plugin for the tenant,
     * what is so now holds from now on.
     *
     * @param before as it was read; whoever gets false reads again, judges again and tries again
     * @param enabled whether the plugin is enabled for the tenant now
     * @return whether it is kept
     * @throws dev.mortise.api.error.MortiseException NOT_FOUND when there is no such tenant
     */
    boolean put(Place place, Kept before, Settings settings, boolean enabled);

    /** Records when credentials were found good, if they are still those that are kept; answers whether. */
    boolean validated(Place place, AuthState judged, Instant at);

    /** Answers some of those who gave anything, after the given one, ordered; read from the database. */
    List<Place> places(Optional<Place> after, int limit);

    /** Puts other envelopes in place, if the settings are still as they were found in the database; answers whether. */
    boolean replace(Place place, Settings found, Settings sealedAnew);

    /**
     * Hears of settings that other nodes keep some seconds later, on a thread that must not be held up. Whoever throws hears
     * it again later.
     */
    interface Listener {
        /** Hears nothing. */
        Listener NOBODY = (place, config, credentials) -> {};

        /** Another node keeps other settings, other credentials or tokens, or both; {@link #find} knows them. */
        void keptElsewhere(Place place, boolean config, boolean credentials);
    }

    /**
     * What the database holds of a place.
     *
     * @param revision other than every one before, also than those of rows that were deleted; 0 where there is no row
     */
    record Kept(Settings settings, long revision) {
        /** Of places without a row. */
        public static final Kept NOTHING = new Kept(Settings.NONE, 0);
    }

    /** A plugin of a tenant. */
    record Place(TenantId tenant, PluginId plugin) {}

    /**
     * What a tenant gave to a plugin.
     *
     * @param values by field, as JSON has them
     * @param secrets envelopes by field
     */
    record Settings(Map<String, Object> values, Map<String, String> secrets, Optional<AuthState> auth) {
        /** Of tenants that gave nothing. */
        public static final Settings NONE = new Settings(Map.of(), Map.of(), Optional.empty());

        public Settings {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
            secrets = Map.copyOf(secrets);
        }
    }

    /**
     * The credentials that a tenant gave.
     *
     * @param credentials envelopes by field
     * @param validatedAt when the plugin last found them good; empty since they were changed
     */
    record AuthState(String methodId, Map<String, String> credentials, Optional<Instant> validatedAt) {
        public AuthState {
            credentials = Map.copyOf(credentials);
        }
    }
}
