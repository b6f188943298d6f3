// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.port.RemoteCalls.Peer;
import dev.mortise.kernel.port.WorkerProcesses.Handover;
import dev.mortise.kernel.port.WorkerProcesses.Order;
import dev.mortise.kernel.port.WorkerProcesses.Supplies;
import dev.mortise.process.worker.Running.Started;
import dev.mortise.process.worker.launch.Child;
import dev.mortise.process.worker.port.HeldPort;
import dev.mortise.process.worker.port.NoPort;
import dev.mortise.process.worker.port.PortRange;
import dev.mortise.process.worker.wire.Target;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Starts processes of one plugin version, on a thread that may wait. */
final class Starter {
    private static final int PORT_TRIES = 3;

    private final Parts parts;
    private final PluginIdentity plugin;
    private final Supplies supplies;
    private final PluginLaunch launch;
    private final Readiness readiness;

    Starter(Parts parts, Order order, Supplies supplies) {
        this.parts = parts;
        plugin = order.manifest().identity();
        this.supplies = supplies;
        launch = new PluginLaunch(
                order, parts.launching().folders(), parts.talking().lines());
        readiness = new Readiness(parts.talking().calls(), parts.settings());
    }

    /** Starts one and answers when it is ready. A port that somebody took meanwhile is changed for another one. */
    Running start(Slot slot, Start start) throws StartFailed, InterruptedException {
        Given given = given(slot.tenant());
        try {
            for (int tries = 1; ; tries++) {
                Attempt attempt = attempt(slot, start, given);
                if (attempt.running().isPresent()) {
                    return attempt.running().get();
                }
                if (!attempt.lostPort() || tries == PORT_TRIES) {
                    throw new StartFailed(attempt.sentence());
                }
            }
        } catch (StartFailed | InterruptedException | RuntimeException | Error e) {
            given.release();
            throw e;
        }
    }

    /** One stands, and the next ones shall start sooner: their classes are kept, beside the work. */
    void keepClasses() {
        WorkerSettings.Java java = parts.settings().get().java();
        if (launch.isJava() && java.archive()) {
            WorkerThreads.run(
                    parts.threads().chores(), () -> parts.launching().archive().make(java.worker()));
        }
    }

    /** What came of one try. */
    private record Attempt(Optional<Running> running, String sentence, boolean lostPort) {}

    private Given given(Optional<String> tenant) throws StartFailed {
        try {
            return Given.by(supplies, tenant);
        } catch (MortiseException e) {
            throw new StartFailed(String.valueOf(e.getMessage()));
        }
    }

    private Attempt attempt(Slot slot, Start start, Given given) throws StartFailed, InterruptedException {
        HeldPort port = port();
        Started started;
        try {
            started = launch(slot, start, given, port);
        } catch (IOException | RuntimeException | Error e) {
            port.close();
            throw new StartFailed("It can't be started: " + e.getMessage());
        }
        try {
            return new Attempt(Optional.of(new Running(started, readiness.await(started, start))), "", false);
        } catch (StartFailed e) {
            started.child().kill();
            boolean lost = !start.cancelled() && !HeldPort.isFree(port.number());
            release(started, port);
            return new Attempt(Optional.empty(), String.valueOf(e.getMessage()), lost);
        } catch (InterruptedException | RuntimeException | Error e) {
            started.child().kill();
            release(started, port);
            throw e;
        }
    }

    private HeldPort port() throws StartFailed {
        WorkerSettings settings = parts.settings().get();
        PortRange own = settings.of(plugin.id().value()).ports();
        try {
            return own == null
                    ? parts.launching().ports().take(plugin.id().value(), settings.ports(), "workers.ports")
                    : parts.launching().ports().take(plugin.id().value(), own, "workers." + plugin.id() + ".port");
        } catch (NoPort e) {
            throw new StartFailed(String.valueOf(e.getMessage()));
        }
    }

    private Started launch(Slot slot, Start start, Given given, HeldPort port) throws IOException {
        Handover handover = given.now().orElseThrow();
        String nonce = parts.launching().launcher().nonce();
        String key = parts.talking().tokens().newKey();
        Child child = parts.launching()
                .launcher()
                .start(launch.of(parts.settings().get(), slot, port.number(), handover), nonce);
        start.has(child, port.number());
        Peer peer = parts.talking().peers().at(port.number());
        // it may take its time to read what is longer than a pipe holds
        var unused = child.tell(parts.talking().lines().handover(handover, key));
        Runnable release = once(() -> {
            peer.close();
            port.close();
            parts.ledger().remove(nonce);
            given.release();
        });
        return new Started(child, new Target(plugin, peer, key), port.number(), nonce, given, release);
    }

    /** Gives back all but what was handed over: the next try hands it over again. */
    private void release(Started started, HeldPort port) {
        started.target().peer().close();
        port.close();
        parts.ledger().remove(started.nonce());
    }

    private static Runnable once(Runnable task) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (done.compareAndSet(false, true)) {
                task.run();
            }
        };
    }
}
