// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.admin.SecretKeys;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.Secrets.Owner;
import dev.mortise.kernel.port.SettingsStore;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Seals all secrets anew with a new key, a batch of places after the other. */
@Component(configurationPid = SecurityConfig.PID)
public final class SecretRotation implements SecretKeys {
    private static final Logger LOG = LoggerFactory.getLogger(SecretRotation.class);
    private static final int BATCH = 100;
    private static final int MOST_TRIES = 100;

    private final FileSecrets secrets;
    private final SettingsStore store;
    private final OAuthStore tokens;
    private final Duration opensFor;
    private final Clock clock;

    /** Made by DS. */
    @Activate
    public SecretRotation(
            @Reference FileSecrets secrets,
            @Reference SettingsStore store,
            @Reference OAuthStore tokens,
            SecurityConfig config) {
        this(secrets, store, tokens, Duration.ofHours(config.secrets_retired_hours()), Clock.systemUTC());
    }

    SecretRotation(FileSecrets secrets, SettingsStore store, OAuthStore tokens, Duration opensFor, Clock clock) {
        this.secrets = secrets;
        this.store = store;
        this.tokens = tokens;
        this.opensFor = opensFor;
        this.clock = clock;
    }

    /** Places of a store, a batch after the other. */
    private interface Places {
        List<Place> after(Optional<Place> place, int limit);
    }

    /** What a pass over everything found. */
    private static final class Pass {
        private final SecretKey key;
        private int sealed;
        private int lost;

        Pass(SecretKey key) {
            this.key = key;
        }
    }

    @Override
    public synchronized Rotation rotate() {
        Instant now = clock.instant();
        // a file of another database gets no new key, and the new one is known before anything is sealed with it
        secrets.check().require();
        secrets.keys().add(now);
        return seal(secrets.check().current(), now.minus(opensFor));
    }

    @Override
    public synchronized Rotation drop() {
        return seal(secrets.check().current(), Instant.MAX);
    }

    @Override
    public synchronized Rotation forget() {
        // first of all, for it may fail: without a key and without names any file would pass
        SecretKey key = secrets.keys().current();
        if (!secrets.check().forgetMissing()) {
            throw new MortiseException(
                    ErrorCode.CONFLICT,
                    secrets.keys()
                            + " has all keys of this database, so none is forgotten. 'secrets rotate' makes a new one.");
        }
        LOG.warn("key={} the names of other keys are forgotten", key);
        return seal(secrets.check().current(), Instant.MIN);
    }

    private Rotation seal(SecretKey key, Instant retiredBefore) {
        int sealed = 0;
        Pass pass = pass(key);
        // what others sealed with the old key meanwhile is found by another pass; one that finds nothing is the last
        while (pass.sealed > 0) {
            sealed += pass.sealed;
            pass = pass(key);
        }
        if (pass.lost > 0) {
            LOG.warn("key={} {} secrets do not open; the older keys are kept", key, pass.lost);
        }
        int older = secrets.keys().drop(pass.lost == 0 ? retiredBefore : Instant.MIN);
        if (pass.lost == 0) {
            // a copy of the file from before must not pass for this one later
            secrets.check().forgetMissing();
        }
        LOG.info("key={} secrets={} sealed anew, {} older keys open only", key, sealed, older);
        return new Rotation(key.id(), sealed, pass.lost, older);
    }

    private Pass pass(SecretKey key) {
        Pass pass = new Pass(key);
        each(store::places, place -> seal(place, pass, this::settings));
        each(tokens::places, place -> seal(place, pass, this::tokens));
        return pass;
    }

    private static void each(Places stored, Consumer<Place> task) {
        List<Place> places = stored.after(Optional.empty(), BATCH);
        while (!places.isEmpty()) {
            places.forEach(task);
            places = stored.after(Optional.of(places.get(places.size() - 1)), BATCH);
        }
    }

    /** Seals what is at a place until nobody changes it meanwhile. */
    private static void seal(Place place, Pass pass, BiPredicate<Place, Pass> attempt) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Pass here = new Pass(pass.key);
            if (attempt.test(place, here)) {
                pass.sealed += here.sealed;
                pass.lost += here.lost;
                return;
            }
        }
        throw new MortiseException(
                ErrorCode.CONFLICT,
                "The settings of plugin '%s' for tenant '%s' change all the time. Run 'secrets rotate' again."
                        .formatted(place.plugin(), place.tenant()));
    }

    private boolean settings(Place place, Pass here) {
        Settings found = store.read(place).settings();
        Settings anew = anew(place, found, here);
        return here.sealed == 0 || store.replace(place, found, anew);
    }

    private boolean tokens(Place place, Pass here) {
        Optional<Grant> found = tokens.read(place).map(Seen::grant);
        Optional<Grant> anew = found.map(grant -> grant.sealed(
                anew(token(place, OAuthStore.ACCESS), grant.access(), here),
                grant.refresh().map(envelope -> anew(token(place, OAuthStore.REFRESH), envelope, here))));
        return here.sealed == 0 || tokens.replace(place, found.orElseThrow(), anew.orElseThrow());
    }

    private static Owner token(Place place, String name) {
        return new Owner(place.tenant(), place.plugin(), name);
    }

    private Settings anew(Place place, Settings found, Pass pass) {
        return new Settings(
                found.values(),
                anew(place, found.secrets(), pass),
                found.auth()
                        .map(auth -> new AuthState(
                                auth.methodId(), anew(place, auth.credentials(), pass), auth.validatedAt())));
    }

    private Map<String, String> anew(Place place, Map<String, String> envelopes, Pass pass) {
        Map<String, String> all = new HashMap<>(envelopes);
        all.replaceAll((field, envelope) -> anew(new Owner(place.tenant(), place.plugin(), field), envelope, pass));
        return all;
    }

    private String anew(Owner owner, String envelope, Pass pass) {
        boolean fresh = Envelope.parse(envelope)
                .filter(known -> known.key().equals(pass.key.id()))
                .isPresent();
        if (fresh) {
            return envelope;
        }
        try {
            String again = Envelope.seal(pass.key, owner, secrets.open(owner, envelope))
                    .toString();
            pass.sealed++;
            return again;
        } catch (MortiseException e) {
            LOG.warn("{}", e.getMessage());
            pass.lost++;
            return envelope;
        }
    }
}
