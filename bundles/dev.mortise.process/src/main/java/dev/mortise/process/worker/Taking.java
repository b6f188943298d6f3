// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.RemoteFault;
import dev.mortise.kernel.port.RemoteInstances.End;
import dev.mortise.kernel.port.RemoteInstances.Taken;
import java.util.Optional;

/** Finds the process for a call, and waits for one that starts. */
final class Taking {
    private final Crew crew;

    Taking(Crew crew) {
        this.crew = crew;
    }

    Taken take(Optional<String> tenant, long deadline) throws RemoteFault {
        try {
            crew.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        try {
            Group group = crew.group(tenant);
            Running found = group.pick(System.nanoTime());
            return new Lent(found == null ? await(group, limit(deadline)) : found);
        } finally {
            crew.lock.unlock();
        }
    }

    /** A call waits no longer than it has time, and than is configured. */
    private long limit(long deadline) {
        long limit = System.nanoTime()
                + crew.parts.settings().get().pace().patience().toNanos();
        return deadline - limit < 0 ? deadline : limit;
    }

    private Running await(Group group, long limit) throws RemoteFault {
        int most = crew.parts.settings().get().waiting();
        if (crew.waiting >= most) {
            throw none(most + " calls wait for a process of it already (workers.wait.max).");
        }
        int failures = group.failures;
        crew.waiting++;
        try {
            while (true) {
                Running found = group.pick(System.nanoTime());
                if (found != null) {
                    return found;
                }
                String refusal = begin(group);
                long now = System.nanoTime();
                boolean failed = group.failures != failures && !group.starting();
                if (failed || !hopeful(group, limit)) {
                    throw none(refusal.isEmpty() ? group.reason() : refusal);
                }
                if (limit - now <= 0) {
                    throw none("It is not ready yet.");
                }
                long unused = crew.changed.awaitNanos(limit - now);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            crew.waiting--;
        }
    }

    /** Starts what a call may start; answers why one can't be, if so. */
    private String begin(Group group) {
        String refusal = "";
        for (Member member : group.members) {
            if (member.startable()) {
                var result = crew.begin(group, member);
                refusal =
                        result.isCompletedExceptionally() ? crew.refusal(member).orElse(refusal) : refusal;
            }
        }
        return refusal;
    }

    /** Tells whether one starts, is replaced at once, or was ready and is tried again in time. */
    private boolean hopeful(Group group, long limit) {
        return !crew.retired
                && group.members.stream()
                        .anyMatch(member -> member.start != null
                                || member.lost()
                                || (member.wasReady && member.comesBackBefore(limit)));
    }

    private RemoteFault none(String reason) {
        String sentence = crew.sentence(reason);
        return new RemoteFault(RemoteFault.Kind.NEVER_SENT, sentence, new IllegalStateException(sentence));
    }

    private RemoteFault interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new RemoteFault(RemoteFault.Kind.NEVER_SENT, crew.sentence("The call was given up."), e);
    }

    /** A process in use by one call. */
    private final class Lent implements Taken {
        private final Running running;
        private boolean done;

        /** With the lock. */
        Lent(Running running) {
            this.running = running;
            running.taken(System.nanoTime());
        }

        @Override
        public Peer peer() {
            return running.started.target().peer();
        }

        @Override
        public String hopKey() {
            return running.started.target().hopKey();
        }

        @Override
        public void done(End end) {
            crew.lock.lock();
            try {
                if (!done) {
                    done = true;
                    running.given(end, System.nanoTime());
                }
            } finally {
                crew.lock.unlock();
            }
        }
    }
}
