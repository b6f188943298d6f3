// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.load;

import dev.mortise.itests.harness.Answer;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls at a fixed rate over a few kept connections until it is closed. The schedule is laid out in advance and latency
 * counts from the instant that it names: a server that stalls is charged for every request that should have been sent
 * meanwhile.
 */
public final class LoadClient implements AutoCloseable {
    /** Requests per second when nothing is said. */
    public static final int PER_SECOND = 500;

    private static final int CONNECTIONS = 8;

    private final Call call;
    private final long intervalNanos;
    private final byte[] request;
    private final Tally tally = new Tally();
    private final long begin = System.nanoTime();
    private final ExecutorService lanes = Executors.newFixedThreadPool(CONNECTIONS);
    private volatile boolean ended;

    private LoadClient(int perSecond, Call call) {
        this.call = call;
        this.request = call.bytes();
        this.intervalNanos = TimeUnit.SECONDS.toNanos(1) / perSecond;
    }

    /** Starts to call 500 times a second. */
    public static LoadClient start(Call call) {
        return start(PER_SECOND, call);
    }

    /** Starts to call. */
    public static LoadClient start(int perSecond, Call call) {
        LoadClient client = new LoadClient(perSecond, call);
        for (int lane = 0; lane < CONNECTIONS; lane++) {
            int first = lane;
            client.lanes.execute(() -> client.run(first));
        }
        return client;
    }

    /** Answers what came so far. */
    public LoadFigures figures() {
        return tally.figures();
    }

    /** Ends the calls, waits for the answers that are outstanding and answers what came. */
    public LoadFigures end() throws InterruptedException {
        close();
        return figures();
    }

    @Override
    public void close() throws InterruptedException {
        ended = true;
        lanes.shutdown();
        if (!lanes.awaitTermination(90, TimeUnit.SECONDS)) {
            throw new IllegalStateException("A call of " + call.path() + " got no answer within 90 s.");
        }
    }

    private void run(int lane) {
        Optional<KeptConnection> connection = Optional.empty();
        for (long turn = lane; ; turn += CONNECTIONS) {
            long intended = begin + turn * intervalNanos;
            waitUntil(intended);
            if (ended) {
                break;
            }
            connection = callOnce(connection, intended);
        }
        connection.ifPresent(LoadClient::drop);
    }

    /** Answers the connection for the next call, nothing when it has to be opened anew. */
    private Optional<KeptConnection> callOnce(Optional<KeptConnection> kept, long intended) {
        Optional<KeptConnection> connection = kept;
        try {
            if (connection.isEmpty()) {
                connection = Optional.of(KeptConnection.open(call.base()));
            }
            Answer answer = connection.get().send(request);
            tally.add(System.nanoTime() - intended, complaint(answer));
            if (!answer.headers().firstValue("Connection").orElse("").equalsIgnoreCase("close")) {
                return connection;
            }
        } catch (IOException failure) {
            tally.add(System.nanoTime() - intended, Optional.of(failure.toString()));
        }
        connection.ifPresent(LoadClient::drop);
        return Optional.empty();
    }

    private Optional<String> complaint(Answer answer) {
        if (answer.status() != 200) {
            return Optional.of((answer.status() + " " + answer.code()).strip());
        }
        return call.right().test(answer) ? Optional.empty() : Optional.of("200 with a wrong answer");
    }

    private void waitUntil(long instant) {
        for (long left = instant - System.nanoTime(); left > 0 && !ended; left = instant - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void drop(KeptConnection connection) {
        try {
            connection.close();
        } catch (IOException ignored) {
            // nothing is sent over it any more
        }
    }
}
