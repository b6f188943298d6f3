// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.config;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.tenancy.TenantNotices.Target;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.SettingsStore.AuthState;
import dev.mortise.kernel.port.SettingsStore.Kept;
import dev.mortise.kernel.port.SettingsStore.Place;
import dev.mortise.kernel.port.SettingsStore.Settings;
import dev.mortise.kernel.port.TenantDirectory.State;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** What a tenant gave to a plugin. It is changed as it is in the database, never as a node remembers it. */
record StoredSettings(ConfigSources sources, Target target) {
    /** More often than that nobody is always faster. */
    private static final int MOST_TRIES = 100;

    /**
     * What was there, and what was put in its place.
     *
     * @param ended tokens that went with their method
     */
    record Change(Settings before, Settings after, Optional<Grant> ended) {
        boolean ofCredentials() {
            return !before.auth().equals(after.auth());
        }
    }

    Place place() {
        return new Place(target.tenant().id(), target.plugin());
    }

    /** Answers it as it is known, which is enough to be shown. */
    Settings known() {
        return sources.store().find(target.tenant().id(), target.plugin());
    }

    /**
     * Puts in place what is judged good, and asks again where somebody else changed it meanwhile. Tokens of a method go with
     * the method.
     *
     * @param judge makes the new ones of those that are there; what it throws ends the change
     */
    Change change(UnaryOperator<Settings> judge) {
        if (target.tenant().state() == State.DELETING) {
            throw new MortiseException(
                    ErrorCode.CONFLICT, "Tenant '" + target.tenant().slug() + "' is being deleted.");
        }
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Kept before = sources.store().read(place());
            Settings next = judge.apply(before.settings());
            refuseTooMuch(before.settings(), next);
            if (put(before, next)) {
                return new Change(before.settings(), next, endTokens(before.settings(), next));
            }
        }
        throw new MortiseException(
                ErrorCode.CONFLICT,
                "What tenant '%s' gives to plugin '%s' is changed by others all the time. Try again."
                        .formatted(target.tenant().slug(), target.plugin()));
    }

    /** The database may have kept it and be cut off before it said so. */
    private boolean put(Kept before, Settings next) {
        try {
            return sources.store().put(place(), before, next, target.enabled());
        } catch (MortiseException fault) {
            if (fault.code().equals(ErrorCode.SERVICE_UNAVAILABLE)
                    && sources.store().read(place()).settings().equals(next)) {
                return true;
            }
            throw fault;
        }
    }

    /** What is there and too large, because more was allowed once, may still become less. */
    private void refuseTooMuch(Settings before, Settings next) {
        long size = size(next);
        int most = sources.limit().mostBytes();
        if (size > most && size > size(before)) {
            sources.limit().refused();
            throw new MortiseException(
                    ErrorCode.VALIDATION_FAILED,
                    ("What tenant '%s' gives to plugin '%s' was not changed: it would take %d bytes, and %d are allowed"
                                    + " (settings.max-kb in etc/host.properties).%s")
                            .formatted(target.tenant().slug(), target.plugin(), size, most, ofOthers(next)));
        }
    }

    /** Whoever is refused does not see them. */
    private String ofOthers(Settings settings) {
        long others = size(new Declared(target.schema()).others(settings)) - size(Settings.NONE);
        return others == 0
                ? ""
                : " Of these, %d are for fields that only other versions of the plugin declare.".formatted(others);
    }

    private long size(Settings settings) {
        long plain = sources.write(settings.values()).getBytes(StandardCharsets.UTF_8).length;
        return plain
                + Stream.concat(
                                settings.secrets().values().stream(),
                                settings.auth().stream().flatMap(auth -> auth.credentials().values().stream()))
                        .mapToLong(String::length)
                        .sum();
    }

    private Optional<Grant> endTokens(Settings before, Settings after) {
        Optional<String> method = before.auth().map(AuthState::methodId);
        return method.isPresent() && !after.auth().map(AuthState::methodId).equals(method)
                ? sources.grants().delete(place())
                : Optional.empty();
    }
}
