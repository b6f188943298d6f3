// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.model.SharedMark;
import dev.mortise.kernel.port.SharedDataStore.Change;
import dev.mortise.kernel.port.SharedDataStore.Space;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One namespace of a tenant that is watched, as it was when it was last looked at. Versions begin again, revisions do not:
 * so a key that was deleted and written again between two looks is seen to have changed.
 */
final class WatchedSpace {
    private final Space space;
    private final List<SharedWatch> watches = new CopyOnWriteArrayList<>();
    private Map<String, Seen> last = new HashMap<>();
    // what was written by transactions below this one is in what was seen last
    private long settled;
    private boolean failing;

    WatchedSpace(Space space) {
        this.space = space;
    }

    /** A key as it was, who may know, and which transaction wrote it. */
    private record Seen(
            String key, long version, long revision, String owner, Optional<Set<String>> readers, long written) {
        static Seen of(ResultSet row) throws SQLException {
            Array readers = row.getArray(5);
            return new Seen(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getString(4),
                    readers == null ? Optional.empty() : Optional.of(PostgresSharedData.readers(readers)),
                    whole(row.getLong(6), row.getLong(8)));
        }

        boolean mayBeBehind(SharedMark mark) {
            return revision > mark.revision() || written >= mark.settled();
        }

        boolean isFor(SharedWatch watch) {
            return watch.key().filter(key -> !key.equals(this.key)).isEmpty()
                    && watch.reader()
                            .filter(reader -> !reader.equals(owner)
                                    && readers.filter(names -> !names.contains(reader))
                                            .isPresent())
                            .isEmpty();
        }

        Change change(boolean deleted) {
            return new Change(key, version, new SharedMark(revision, 0), deleted);
        }
    }

    Space space() {
        return space;
    }

    int size() {
        return watches.size();
    }

    long count(TenantId tenant, Optional<String> reader) {
        return space.tenant().equals(tenant)
                ? watches.stream()
                        .filter(watch -> watch.reader().equals(reader))
                        .count()
                : 0;
    }

    /** Looks, and tells what has changed; who comes next is looked for already. */
    void look(SharedDatabase database, Optional<SharedWatch> next) {
        String[] keys = keys(next);
        // where there is no row, nobody says more than was known before
        long[] bound = {settled};
        List<Seen> rows = database.call(
                "shared data is being watched",
                connection -> Sql.list(
                        connection,
                        row -> {
                            bound[0] = row.getLong(7);
                            return Seen.of(row);
                        },
                        SharedSql.WATCHED,
                        space.tenant().value(),
                        space.namespace(),
                        array(connection, keys),
                        array(connection, keys)));
        Map<String, Seen> now = new HashMap<>();
        rows.forEach(row -> now.put(row.key, row));
        settled = bound[0];
        tell(now);
        last = now;
    }

    /** Answers the keys to look at, or nothing for all. */
    private String @Nullable [] keys(Optional<SharedWatch> next) {
        Set<String> keys = new TreeSet<>();
        for (SharedWatch watch : Stream.concat(watches.stream(), next.stream()).toList()) {
            if (watch.key().isEmpty()) {
                return null;
            }
            keys.add(watch.key().get());
        }
        return keys.toArray(new String[0]);
    }

    private static @Nullable Array array(Connection connection, String @Nullable [] keys) throws SQLException {
        return keys == null ? null : connection.createArrayOf("text", keys);
    }

    private void tell(Map<String, Seen> now) {
        List<Seen> set = new ArrayList<>();
        now.values().forEach(seen -> {
            Seen before = last.get(seen.key);
            if (before == null || before.revision != seen.revision) {
                set.add(seen);
            }
        });
        set.sort(Comparator.comparingLong(Seen::revision));
        List<Seen> gone = last.values().stream()
                .filter(seen -> !now.containsKey(seen.key))
                .toList();
        for (SharedWatch watch : watches) {
            List<Change> changes = new ArrayList<>();
            gone.stream().filter(seen -> seen.isFor(watch)).forEach(seen -> changes.add(seen.change(true)));
            set.stream().filter(seen -> seen.isFor(watch)).forEach(seen -> changes.add(seen.change(false)));
            watch.tell(changes, settled);
        }
    }

    /** Adds one that is told of what comes, and of what may have come since a mark; call {@link #look} before. */
    void add(SharedWatch watch, Optional<SharedMark> since) {
        watches.add(watch);
        watch.from(since.map(this::possible).orElseGet(() -> new SharedMark(newest(), settled)));
        if (since.isPresent()) {
            catchUp(watch);
        }
    }

    /** Whoever names what was never there, or was on another server, hears of everything, and of what comes. */
    private SharedMark possible(SharedMark mark) {
        return new SharedMark(Math.min(mark.revision(), newest()), mark.settled() <= settled ? mark.settled() : 0);
    }

    private long newest() {
        return last.values().stream().mapToLong(Seen::revision).max().orElse(0);
    }

    private void catchUp(SharedWatch watch) {
        List<Change> missed = new ArrayList<>();
        last.values().stream()
                .filter(seen -> seen.mayBeBehind(watch.since()) && seen.isFor(watch))
                .sorted(Comparator.comparingLong(Seen::revision))
                .forEach(seen -> missed.add(seen.change(false)));
        watch.key()
                .filter(key -> !last.containsKey(key))
                .ifPresent(key -> missed.add(new Change(key, 0, watch.since(), true)));
        watch.tell(missed, settled);
    }

    /**
     * Answers the number of the transaction that wrote a row. The row keeps its last 32 bits; it is below the one that comes
     * next, and if it is so old that it was long ago that these bits were last in use, a later one is answered: who hears of
     * it once more loses nothing.
     */
    static long whole(long bits, long next) {
        return next - ((next - bits) & 0xFFFF_FFFFL);
    }

    /** Removes one; answers whether nobody is left. */
    boolean remove(SharedWatch watch) {
        watches.remove(watch);
        return watches.isEmpty();
    }

    /** Tells those no more whom the rule says so of; answers whether nobody is left. */
    boolean end(Predicate<SharedWatch> gone) {
        watches.stream().filter(gone).forEach(SharedWatch::end);
        watches.removeIf(watch -> !watch.open());
        return watches.isEmpty();
    }

    /** Takes note whether the last look failed; answers whether the one before did. */
    boolean fails(boolean now) {
        boolean before = failing;
        failing = now;
        return before;
    }

    /** Takes note whether there is nothing to tell for now. */
    void pause(boolean paused) {
        watches.forEach(watch -> watch.pause(paused));
    }
}
