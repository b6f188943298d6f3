// SPDX-License-Identifier: Apache-2.0
package dev.mortise.testkit.port;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.port.SettingsStore;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Settings in memory. */
public final class MapSettingsStore implements SettingsStore {
    static final Comparator<Place> ORDER = Comparator.comparing(
                    (Place place) -> place.tenant().value())
            .thenComparing(place -> place.plugin().value());

    private final Map<Place, Kept> places = new ConcurrentSkipListMap<>(ORDER);
    private final Map<Place, Settings> remembered = new ConcurrentSkipListMap<>(ORDER);
    private final Map<Place, Boolean> enabled = new ConcurrentSkipListMap<>(ORDER);
    private final AtomicLong revisions = new AtomicLong();
    private final AtomicInteger lost = new AtomicInteger();
    private volatile Runnable beforePut = () -> {};

    /** Lets somebody else be faster than the next put. */
    public void beforeNextPut(Runnable other) {
        beforePut = other;
    }

    /** Keeps settings so many times, and fails all the same, as when the connection ends before the answer comes. */
    public void loseAnswers(int times) {
        lost.set(times);
    }

    /** Puts settings, whatever is there. */
    public void set(TenantId tenant, PluginId plugin, Settings settings) {
        places.put(new Place(tenant, plugin), kept(settings));
    }

    /** Remembers settings beside what is there, as a node does of what another one changed meanwhile. */
    public void remember(TenantId tenant, PluginId plugin, Settings settings) {
        remembered.put(new Place(tenant, plugin), settings);
    }

    private Kept kept(Settings settings) {
        return new Kept(settings, revisions.incrementAndGet());
    }

    @Override
    public Settings find(TenantId tenant, PluginId plugin) {
        Place place = new Place(tenant, plugin);
        Settings known = remembered.get(place);
        return known == null ? read(place).settings() : known;
    }

    @Override
    public void listen(Listener listener) {
        // there are no other nodes
    }

    @Override
    public void forget(PluginId plugin) {
        remembered.keySet().removeIf(place -> place.plugin().equals(plugin));
    }

    @Override
    public boolean put(Place place, Kept before, Settings settings, boolean nowEnabled) {
        Runnable faster = beforePut;
        beforePut = () -> {};
        faster.run();
        boolean put = before.revision() == 0
                ? places.putIfAbsent(place, kept(settings)) == null
                : places.replace(place, before, kept(settings));
        if (put) {
            enabled.putIfAbsent(place, nowEnabled);
        }
        if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw new MortiseException(ErrorCode.SERVICE_UNAVAILABLE, "The database gave no answer.");
        }
        return put;
    }

    @Override
    public boolean validated(Place place, AuthState judged, Instant at) {
        Kept found = read(place);
        AuthState good = new AuthState(judged.methodId(), judged.credentials(), Optional.of(at));
        return found.settings()
                .auth()
                .filter(auth -> auth.methodId().equals(judged.methodId())
                        && auth.credentials().equals(judged.credentials()))
                .map(auth ->
                        new Settings(found.settings().values(), found.settings().secrets(), Optional.of(good)))
                .filter(settings -> places.replace(place, found, kept(settings)))
                .isPresent();
    }

    @Override
    public List<Place> places(Optional<Place> after, int limit) {
        return places.keySet().stream()
                .filter(place -> after.isEmpty() || ORDER.compare(place, after.get()) > 0)
                .limit(limit)
                .toList();
    }

    @Override
    public boolean replace(Place place, Settings found, Settings sealedAnew) {
        Kept before = read(place);
        return before.settings().equals(found) && places.replace(place, before, kept(sealedAnew));
    }

    @Override
    public Kept read(Place place) {
        return places.getOrDefault(place, Kept.NOTHING);
    }

    /** Answers the {@code enabled} that the first put came with. */
    public Optional<Boolean> enabled(TenantId tenant, PluginId plugin) {
        return Optional.ofNullable(enabled.get(new Place(tenant, plugin)));
    }
}
