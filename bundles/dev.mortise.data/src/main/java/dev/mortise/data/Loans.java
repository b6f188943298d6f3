// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who has the connections of one pool, and since when. A loan costs a look and a note, because every statement is one. */
final class Loans {
    private final Set<Session> sessions = ConcurrentHashMap.newKeySet();

    /** One of them. */
    record Loan(String thread, long since) {
        @Override
        public String toString() {
            return "by thread '" + thread + "' "
                    + Duration.ofNanos(System.nanoTime() - since).toSeconds() + " s ago";
        }
    }

    /** Notes that this thread takes a connection; it is over with {@link Session#returned}. */
    void begin(Session session) {
        if (!sessions.contains(session)) {
            session.atEnd(() -> sessions.remove(session));
            sessions.add(session);
        }
        session.lent(new Loan(Thread.currentThread().getName(), System.nanoTime()));
    }

    int count() {
        return Math.toIntExact(open().count());
    }

    @Override
    public String toString() {
        return open().map(Loan::toString).collect(Collectors.joining(", "));
    }

    private Stream<Loan> open() {
        return sessions.stream().map(Session::loan).flatMap(Optional::stream);
    }
}
