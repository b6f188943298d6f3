// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.shared;

import dev.mortise.api.shared.SharedFilter;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps shared data in memory, for tests and for plugins that run alone, by a clock that a test may turn. It knows no quotas,
 * and listeners hear before a write returns.
 */
public final class MemorySharedDataStore implements SharedDataStore {
    private static final int MOST_BYTES = 1 << 20;
    // UTF-16 orders characters beyond the first plane before some within it
    private static final Comparator<String> BY_CODE_POINT =
            (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray());

    private static final StreamLimits STREAMS =
            new StreamLimits(20, 5, Duration.ofSeconds(120), Duration.ofSeconds(15));

    private final Clock clock;
    private final StreamLimits streams;
    private final Map<Place, Stored> values = new HashMap<>();
    private final Map<String, Map<String, Set<String>>> readers = new HashMap<>();
    private final List<MemoryWatch> watches = new CopyOnWriteArrayList<>();
    private long revision;

    /** Makes an empty store. */
    public MemorySharedDataStore(Clock clock) {
        this(clock, STREAMS);
    }

    /** Makes an empty store that lets watches from outside do so much. */
    public MemorySharedDataStore(Clock clock, StreamLimits streams) {
        this.clock = clock;
        this.streams = streams;
    }

    /** Answers how many watches are open. */
    public int watched() {
        return watches.size();
    }

    /** Lets only these plugins, beside the owner, read what the owner has in a namespace. */
    public synchronized MemorySharedDataStore narrow(String owner, String namespace, Set<String> to) {
        readers.computeIfAbsent(owner, id -> new HashMap<>()).put(namespace, Set.copyOf(to));
        return this;
    }

    @Override
    public synchronized Found get(Place place, Optional<String> reader) {
        Stored found = live(place);
        if (found == null) {
            return new Nothing();
        }
        return mayRead(place.space(), found, reader)
                ? found
                : SharedRefusals.hidden(place, found.owner(), reader.orElseThrow());
    }

    @Override
    public synchronized Page list(Space space, Optional<String> reader, SharedFilter filter) {
        SharedChecks.check(filter);
        List<Stored> all = values.keySet().stream()
                .filter(place -> place.space().equals(space))
                .map(this::live)
                .filter(Objects::nonNull)
                .filter(stored -> mayRead(space, stored, reader))
                .filter(stored -> filter.owner()
                        .filter(owner -> !owner.equals(stored.owner()))
                        .isEmpty())
                .filter(stored -> stored.key().startsWith(filter.prefix()))
                .filter(stored -> BY_CODE_POINT.compare(stored.key(), filter.after()) > 0)
                .sorted(Comparator.comparing(Stored::key, BY_CODE_POINT))
                .toList();
        List<Stored> page = all.subList(0, Math.min(all.size(), filter.limit()));
        return new Page(
                page,
                all.size() > page.size() ? Optional.of(page.get(page.size() - 1).key()) : Optional.empty());
    }

    @Override
    public Outcome set(Place place, Write write) {
        return refusal(place, write).orElseGet(() -> told(place, changed(place, write)));
    }

    @Override
    public Outcome compareAndSet(Place place, long expectedVersion, Write write) {
        return refusal(place, write).orElseGet(() -> told(place, compared(place, expectedVersion, write)));
    }

    @Override
    public Outcome increment(Place place, String owner, long by, Optional<Duration> ttl) {
        Optional<Outcome> refused =
                SharedChecks.refusal(place, 0, MOST_BYTES, ttl).map(refusal -> refusal);
        return refused.orElseGet(() -> told(place, added(place, owner, by, ttl)));
    }

    @Override
    public Outcome delete(Place place, Optional<String> owner) {
        return told(place, deleted(place, owner));
    }

    @Override
    public int clear(Space space, Optional<String> owner) {
        List<Place> own;
        synchronized (this) {
            own = values.keySet().stream()
                    .filter(place -> place.space().equals(space))
                    .filter(place -> Optional.ofNullable(live(place))
                            .filter(stored -> owner.filter(id -> !id.equals(stored.owner()))
                                    .isEmpty())
                            .isPresent())
                    .toList();
        }
        own.forEach(place -> delete(place, owner));
        return own.size();
    }

    @Override
    public synchronized Watch watch(
            Space space,
            Optional<String> key,
            Optional<String> reader,
            Optional<SharedMark> since,
            Consumer<Change> listener) {
        MemoryWatch watch = new MemoryWatch(space, key, reader, listener, since.orElse(new SharedMark(revision, 0)));
        watches.add(watch);
        since.ifPresent(seen -> list(space, reader, SharedFilter.ALL.atMost(SharedFilter.MOST)).entries().stream()
                .filter(stored -> stored.revision() > seen.revision())
                .sorted(Comparator.comparingLong(Stored::revision))
                .forEach(stored -> watch.tell(stored, false)));
        return watch;
    }

    @Override
    public StreamLimits streams() {
        return streams;
    }

    private static Optional<Outcome> refusal(Place place, Write write) {
        int bytes = write.json().getBytes(StandardCharsets.UTF_8).length;
        return SharedChecks.refusal(place, write, bytes, MOST_BYTES).map(refused -> refused);
    }

    private synchronized Outcome compared(Place place, long expected, Write write) {
        Stored now = live(place);
        if (now != null && expected != 0 && !now.owner().equals(write.owner())) {
            return SharedRefusals.foreign(place, now.owner(), write.owner());
        }
        long version = now == null ? 0 : now.version();
        return version == expected ? changed(place, write) : new Stale(version);
    }

    private synchronized Outcome added(Place place, String owner, long by, Optional<Duration> ttl) {
        Stored now = live(place);
        try {
            long sum = Math.addExact(now == null ? 0 : Long.parseLong(now.json()), by);
            Outcome outcome = changed(place, new Write(owner, Long.toString(sum), ttl));
            if (now != null && outcome instanceof Done) {
                values.computeIfPresent(place, (same, stored) -> expiring(stored, now.expiresAt()));
            }
            return outcome;
        } catch (ArithmeticException | NumberFormatException e) {
            return SharedRefusals.noNumber(place);
        }
    }

    private static Stored expiring(Stored stored, Optional<Instant> at) {
        return new Stored(stored.key(), stored.json(), stored.version(), stored.owner(), at, stored.revision());
    }

    private synchronized Outcome changed(Place place, Write write) {
        Stored now = live(place);
        if (now != null && !now.owner().equals(write.owner())) {
            return SharedRefusals.foreign(place, now.owner(), write.owner());
        }
        long version = now == null ? 1 : now.version() + 1;
        values.put(
                place,
                new Stored(
                        place.name(),
                        write.json(),
                        version,
                        write.owner(),
                        write.ttl().map(time -> clock.instant().plus(time)),
                        ++revision));
        return new Done(version, write.json());
    }

    private synchronized Outcome deleted(Place place, Optional<String> owner) {
        Stored now = live(place);
        if (now == null) {
            return new Stale(0);
        }
        if (owner.isPresent() && !now.owner().equals(owner.get())) {
            return SharedRefusals.foreign(place, now.owner(), owner.get());
        }
        values.remove(place);
        watches.forEach(watch -> watch.told(place, now, true));
        return new Done(now.version(), "");
    }

    private Outcome told(Place place, Outcome outcome) {
        Stored now;
        synchronized (this) {
            now = outcome instanceof Done ? values.get(place) : null;
        }
        if (now != null) {
            watches.forEach(watch -> watch.told(place, now, false));
        }
        return outcome;
    }

    private @Nullable Stored live(Place place) {
        Stored stored = values.get(place);
        boolean gone = stored != null
                && stored.expiresAt()
                        .filter(end -> !end.isAfter(clock.instant()))
                        .isPresent();
        return gone ? null : stored;
    }

    private boolean mayRead(Space space, Stored stored, Optional<String> reader) {
        Set<String> named = readers.getOrDefault(stored.owner(), Map.of()).get(space.namespace());
        return reader.isEmpty() || named == null || reader.get().equals(stored.owner()) || named.contains(reader.get());
    }

    private final class MemoryWatch implements Watch {
        private final Space space;
        private final Optional<String> key;
        private final Optional<String> reader;
        private final Consumer<Change> listener;
        private final SharedMark since;
        private final AtomicLong highest = new AtomicLong();

        MemoryWatch(
                Space space,
                Optional<String> key,
                Optional<String> reader,
                Consumer<Change> listener,
                SharedMark since) {
            this.space = space;
            this.key = key;
            this.reader = reader;
            this.listener = listener;
            this.since = since;
        }

        void told(Place place, Stored stored, boolean deleted) {
            boolean mine = place.space().equals(space)
                    && key.filter(name -> !name.equals(place.name())).isEmpty()
                    && mayRead(space, stored, reader);
            if (mine) {
                tell(stored, deleted);
            }
        }

        void tell(Stored stored, boolean deleted) {
            long revision = highest.accumulateAndGet(stored.revision(), Math::max);
            listener.accept(new Change(stored.key(), stored.version(), new SharedMark(revision, 0), deleted));
        }

        @Override
        public boolean open() {
            return watches.contains(this);
        }

        @Override
        public SharedMark since() {
            return since;
        }

        @Override
        public void close() {
            watches.remove(this);
        }
    }
}
