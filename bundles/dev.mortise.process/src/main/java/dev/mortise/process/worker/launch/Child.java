// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process that was started: its guard is the child of the container, and lives exactly as long. */
public final class Child {
    /** How much longer than it promises the guard may take, on a machine that is busy. */
    private static final Duration GRACE = Duration.ofSeconds(2);

    private final Process guard;
    private final RunFolder folder;
    private final Optional<Integer> user;
    private final Duration terminate;
    private final StandardInput input;
    private final Output output;
    private final CompletableFuture<Integer> gone;

    Child(
            Process guard,
            Stay stay,
            Duration terminate,
            Launch.OutputLabel label,
            LaunchSettings.OutputLimits limits,
            Optional<Spoken> spoken) {
        this.guard = guard;
        folder = stay.folder();
        user = folder.user();
        this.terminate = terminate;
        input = new StandardInput(guard.getOutputStream(), label.plugin() + "-" + label.instance());
        output = new Output(label, limits);
        output.read(guard.getInputStream(), guard.getErrorStream(), spoken);
        gone = guard.onExit()
                .thenApplyAsync(
                        ended -> {
                            input.end();
                            stay.end();
                            return ended.exitValue();
                        },
                        task -> ending(task, label));
    }

    /** What it left behind may take its time to go, and holds up the ends of no others. */
    private static void ending(Runnable task, Launch.OutputLabel label) {
        Thread thread = new Thread(task, "mortise-worker-end-" + label.plugin() + "-" + label.instance());
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) {
            // late for others, but not lost: its user and its folder would be
            task.run();
        }
    }

    /**
     * Has a line written to its standard input; who tells it does not wait.
     *
     * @return whether it was taken; false when it is gone or too much waits for it; completes late, or never, where it does
     *     not read
     */
    public CompletableFuture<Boolean> tell(String line) {
        return input.write(line).copy();
    }

    /**
     * Has a line written to its standard input and waits until it is, but no longer than so. The process may read it later: it
     * may be asked something before. False when it was not taken.
     */
    public boolean tell(String line, Duration limit) {
        try {
            return input.write(line).get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (TimeoutException | ExecutionException e) {
            return false;
        }
    }

    /** Tells whether it runs. */
    public boolean isAlive() {
        return guard.isAlive();
    }

    /** Completes with its exit status when it is gone, with whatever it left behind. */
    public CompletableFuture<Integer> gone() {
        return gone.copy();
    }

    /** Answers its number, unless it is not there yet or any more. */
    public Optional<Long> pid() {
        return guard.isAlive() ? folder.pid() : Optional.empty();
    }

    /** Answers the user that it runs as, where that is not the container's. */
    public Optional<Integer> user() {
        return user;
    }

    /** Answers the memory that it has, in bytes, where the system tells. */
    public OptionalLong rss() {
        return pid().map(Memory::rss).orElse(OptionalLong.empty());
    }

    /** Answers what it wrote last, for the sentence that tells why it is gone; empty when it wrote nothing. */
    public String lastLine() {
        return output.lastLine();
    }

    /** Ends it: end of file and TERM, and KILL if that is not enough. Waits until it is gone. */
    public void end() throws InterruptedException {
        if (!input.end() || !awaitGone(terminate.plus(GRACE))) {
            kill();
        }
    }

    /** Ends it without asking. Waits until it is gone. */
    public void kill() throws InterruptedException {
        // itself first, so that the guard sees its end and cleans up
        pid().flatMap(ProcessHandle::of).ifPresent(ProcessHandle::destroyForcibly);
        if (!awaitGone(GRACE)) {
            guard.destroyForcibly();
            awaitGone(GRACE);
        }
    }

    private boolean awaitGone(Duration limit) throws InterruptedException {
        try {
            gone.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("The end of a process can't be seen.", e);
        }
    }
}
