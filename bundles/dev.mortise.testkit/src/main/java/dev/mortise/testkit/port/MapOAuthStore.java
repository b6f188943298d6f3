// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.port;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.OAuthStore;
import dev.mortise.kernel.port.SettingsStore.Place;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tokens in memory; it knows no settings, so it keeps and forgets whatever they say. */
public final class MapOAuthStore implements OAuthStore {
    private final Clock clock;
    private final Map<Place, Kept> grants = new HashMap<>();
    private final Map<String, Begun> requests = new HashMap<>();

    private int refusals;
    private int lost;
    private boolean foreign;

    private record Kept(Grant grant, String claim, Instant claimedUntil) {}

    private record Begun(Request request, Instant expiresAt) {}

    /** Makes one that a clock is the database's for. */
    public MapOAuthStore(Clock clock) {
        this.clock = clock;
    }

    /** Refuses to keep renewed tokens so many times, as while the database is away. */
    public synchronized void refuseRenewals(int times) {
        refusals = times;
    }

    /** Answers how many times that still is. */
    public synchronized int refusals() {
        return refusals;
    }

    /** Keeps tokens so many times, and fails all the same, as when the connection ends before the answer comes. */
    public synchronized void loseAnswers(int times) {
        lost = times;
    }

    private <T> T answer(T kept) {
        if (lost > 0) {
            lost--;
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database gave no answer.");
        }
        return kept;
    }

    /** Keeps no new tokens from now on, as where settings name another method than theirs. */
    public synchronized void keepNothing() {
        foreign = true;
    }

    @Override
    public synchronized void begin(Request request, Duration life, int most) {
        requests.values().removeIf(begun -> !begun.expiresAt.isAfter(clock.instant()));
        long same = requests.values().stream()
                .filter(begun -> begun.request.place().equals(request.place()))
                .count();
        if (same >= most) {
            throw new MortiseException(ErrorCode.RATE_LIMITED, most + " requests are under way.");
        }
        requests.put(request.stateHash(), new Begun(request, clock.instant().plus(life)));
    }

    @Override
    public synchronized Optional<Request> take(String stateHash, Place place, String caller) {
        return Optional.ofNullable(requests.get(stateHash))
                .filter(begun -> begun.expiresAt.isAfter(clock.instant()))
                .map(Begun::request)
                .filter(request ->
                        request.place().equals(place) && request.caller().equals(caller))
                .filter(request -> requests.remove(stateHash) != null);
    }

    @Override
    public Optional<Seen> find(Place place) {
        return read(place);
    }

    @Override
    public synchronized Optional<Seen> read(Place place) {
        return Optional.ofNullable(grants.get(place)).map(kept -> new Seen(kept.grant, clock.instant()));
    }

    @Override
    public void forget(PluginId plugin) {
        // it remembers nothing beside what it keeps
    }

    @Override
    public synchronized boolean put(Place place, String methodId, Tokens tokens) {
        if (!foreign) {
            keep(place, grant(methodId, tokens, tokens.refresh()));
        }
        return answer(!foreign);
    }

    @Override
    public synchronized Optional<Claim> claim(Place place, Duration time) {
        Instant now = clock.instant();
        return Optional.ofNullable(grants.get(place))
                .filter(kept -> !kept.claimedUntil.isAfter(now))
                .map(Kept::grant)
                .filter(grant -> grant.refresh().isPresent() && past(grant.refreshAt(), now))
                .filter(grant -> grant.trouble()
                        .map(trouble -> past(trouble.retryAt(), now))
                        .orElse(true))
                .map(grant -> {
                    String id = UUID.randomUUID().toString();
                    grants.put(place, new Kept(grant, id, now.plus(time)));
                    return new Claim(id, grant);
                });
    }

    private static boolean past(Optional<Instant> time, Instant now) {
        return time.filter(at -> !at.isAfter(now)).isPresent();
    }

    @Override
    public synchronized boolean renewed(Place place, Claim claim, Tokens tokens) {
        if (refusals > 0) {
            refusals--;
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database is away.");
        }
        return answer(Optional.ofNullable(grants.get(place))
                .map(Kept::grant)
                .filter(grant -> grant.renewedAt().equals(claim.grant().renewedAt()))
                .map(grant -> grant(grant.methodId(), tokens, tokens.refresh().or(grant::refresh)))
                .map(grant -> keep(place, grant))
                .isPresent());
    }

    @Override
    public synchronized boolean failed(Place place, Claim claim, String sentence, Optional<Duration> retry) {
        Instant now = clock.instant();
        Trouble trouble = new Trouble(sentence, now, retry.map(now::plus));
        return held(place, claim)
                .map(grant -> new Grant(
                        grant.methodId(),
                        grant.access(),
                        grant.refresh(),
                        grant.scopes(),
                        grant.refreshAt(),
                        grant.expiresAt(),
                        grant.renewedAt(),
                        Optional.of(trouble)))
                .map(grant -> keep(place, grant))
                .isPresent();
    }

    @Override
    public synchronized Optional<Grant> delete(Place place) {
        return answer(Optional.ofNullable(grants.remove(place)).map(Kept::grant));
    }

    @Override
    public synchronized List<Place> places(Optional<Place> after, int limit) {
        return grants.keySet().stream()
                .sorted(MapSettingsStore.ORDER)
                .filter(place -> after.isEmpty() || MapSettingsStore.ORDER.compare(place, after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public synchronized boolean replace(Place place, Grant found, Grant sealedAnew) {
        return read(place)
                .map(Seen::grant)
                .filter(found::equals)
                .map(grant -> keep(place, sealedAnew))
                .isPresent();
    }

    private Optional<Grant> held(Place place, Claim claim) {
        return Optional.ofNullable(grants.get(place))
                .filter(kept -> kept.claim.equals(claim.id()))
                .map(Kept::grant);
    }

    private Grant keep(Place place, Grant grant) {
        grants.put(place, new Kept(grant, "", Instant.MIN));
        return grant;
    }

    private Grant grant(String methodId, Tokens tokens, Optional<String> refresh) {
        Instant now = clock.instant();
        return new Grant(
                methodId,
                tokens.access(),
                refresh,
                tokens.scopes(),
                tokens.life().map(life -> now.plus(life.fresh())),
                tokens.life().map(life -> now.plus(life.good())),
                now,
                Optional.empty());
    }
}
