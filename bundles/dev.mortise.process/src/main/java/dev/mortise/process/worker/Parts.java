// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.HopTokens;
import dev.mortise.process.hop.LoopbackPeers;
import dev.mortise.process.worker.launch.Launcher;
import dev.mortise.process.worker.launch.WorkFolders;
import dev.mortise.process.worker.port.PortPool;
import dev.mortise.process.worker.wire.JsonLines;
import dev.mortise.process.worker.wire.WorkerCalls;
import java.util.function.Supplier;

/** What all fleets share. */
record Parts(
        Supplier<WorkerSettings> settings,
        Launching launching,
        Talking talking,
        Ledger ledger,
        WorkerThreads threads,
        WorkerMeters meters) {
    /** What a start needs of this machine. */
    record Launching(Launcher launcher, WorkFolders folders, PortPool ports, ClassArchive archive) {}

    /** What is needed to speak to a process. */
    record Talking(LoopbackPeers peers, HopTokens tokens, WorkerCalls calls, JsonLines lines) {}
}
