// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.WorkerFleet.Surface;
import dev.mortise.process.worker.Running.Started;
import dev.mortise.process.worker.launch.Child;
import dev.mortise.process.worker.port.Listeners;
import dev.mortise.process.worker.wire.Metadata;
import dev.mortise.process.worker.wire.WorkerCalls;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Waits until a process answers at {@code /metadata} what it is: often at first, then twice in a second. */
final class Readiness {
    private static final Duration EACH = Duration.ofSeconds(2);
    private static final Duration OFTEN = Duration.ofMillis(20);
    private static final Duration SELDOM = Duration.ofMillis(500);
    private static final int CONNECT_MILLIS = 200;

    private final WorkerCalls calls;
    private final Supplier<WorkerSettings> settings;

    Readiness(WorkerCalls calls, Supplier<WorkerSettings> settings) {
        this.calls = calls;
        this.settings = settings;
    }

    Surface await(Started started, Start start) throws StartFailed, InterruptedException {
        Duration limit = settings.get().pace().ready();
        long begin = System.nanoTime();
        String reason = "nothing listens at its port " + started.port();
        while (System.nanoTime() - begin < limit.toNanos()) {
            requireAlive(started.child(), start);
            boolean listened = listens(started.port());
            // looked at after that, so that who came just before is seen
            Optional<Integer> other = stranger(started);
            if (other.isPresent()) {
                reason = "user " + other.get() + " listens at its port " + started.port();
            } else if (listened) {
                Metadata answer = calls.metadata(started.target(), EACH);
                if (answer instanceof Metadata.Good good) {
                    requireAlive(started.child(), start);
                    return good.surface();
                }
                if (answer instanceof Metadata.Wrong wrong) {
                    throw new StartFailed(wrong.sentence());
                }
                reason = ((Metadata.NotYet) answer).reason();
            }
            boolean early = System.nanoTime() - begin < EACH.toNanos();
            pause(started.child(), early ? OFTEN : SELDOM);
        }
        String why = reason.endsWith(".") ? reason : reason + ".";
        throw new StartFailed("It was not ready within " + limit.toSeconds() + " s: " + why);
    }

    private static void requireAlive(Child child, Start start) throws StartFailed, InterruptedException {
        if (start.cancelled()) {
            throw new StartFailed("It was stopped while it started.");
        }
        if (!child.isAlive()) {
            throw new StartFailed(Ends.sentence(status(child), child.lastLine()));
        }
    }

    private static int status(Child child) throws InterruptedException {
        try {
            return child.gone().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of a process can't be seen.", e);
        }
    }

    /** Whoever takes a port before its process does would be called in its place: one that runs as another user is noticed. */
    private static Optional<Integer> stranger(Started started) {
        return started.child().user().flatMap(user -> Listeners.other(started.port(), user));
    }

    /** A connection that is refused is no call that failed: the client for calls is not bothered with it. */
    private static boolean listens(int port) {
        try (Socket probe = new Socket()) {
            probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits, but no longer than the process lives. */
    private static void pause(Child child, Duration time) throws InterruptedException {
        try {
            child.gone().get(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            return;
        }
    }
}
