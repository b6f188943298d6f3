// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sessions that there are: so many, and none for longer than somebody uses it. */
final class Sessions implements AutoCloseable {
    private final SessionLimits limits;
    // The monitor guards it.
    private final Map<String, Session> all = new HashMap<>();

    Sessions(SessionLimits limits) {
        this.limits = limits;
    }

    SessionLimits limits() {
        return limits;
    }

    /** Takes a session in; who has too many loses the one that was not used for the longest time. */
    void add(Session session) {
        List<Session> gone = new ArrayList<>();
        synchronized (this) {
            gone.addAll(idle());
            oldestOf(session.caller()).ifPresent(gone::add);
            gone.forEach(one -> all.remove(one.id()));
            if (all.size() < limits.most()) {
                all.put(session.id(), session);
            }
        }
        gone.forEach(Session::end);
        if (find(session.id(), session.caller()).isEmpty()) {
            throw new MortiseException(
                    ErrorCode.SERVICE_UNAVAILABLE,
                    "There are %d sessions, as many as may be (sessions.max in etc/mcp.properties). Come again."
                            .formatted(limits.most()));
        }
    }

    /** Finds a session of this caller; somebody else's is as unknown as one that nobody has. */
    synchronized Optional<Session> find(String id, Caller caller) {
        return Optional.ofNullable(all.get(id))
                .filter(session -> session.caller().equals(caller))
                .filter(session -> !over(session));
    }

    void end(Session session) {
        synchronized (this) {
            all.remove(session.id());
        }
        session.end();
    }

    synchronized int count() {
        return all.size();
    }

    private List<Session> idle() {
        return all.values().stream().filter(this::over).toList();
    }

    private boolean over(Session session) {
        return session.idleNanos() > limits.idle().toNanos();
    }

    private Optional<Session> oldestOf(Caller caller) {
        List<Session> own = all.values().stream()
                .filter(session -> session.caller().equals(caller))
                .toList();
        return own.size() < limits.each()
                ? Optional.empty()
                : own.stream().max(Comparator.comparingLong(Session::idleNanos));
    }

    @Override
    public void close() {
        List<Session> gone;
        synchronized (this) {
            gone = List.copyOf(all.values());
            all.clear();
        }
        gone.forEach(Session::end);
    }
}
