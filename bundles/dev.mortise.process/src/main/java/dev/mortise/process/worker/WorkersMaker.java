// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.port.HopTokens;
import dev.mortise.kernel.port.JsonFactory;
import dev.mortise.kernel.port.RemoteCalls;
import dev.mortise.kernel.port.WorkerRecords;
import dev.mortise.process.hop.LoopbackPeers;
import dev.mortise.process.worker.launch.Launcher;
import dev.mortise.process.worker.launch.WorkFolders;
import dev.mortise.process.worker.port.PortPool;
import dev.mortise.process.worker.wire.AnswerReader;
import dev.mortise.process.worker.wire.JsonLines;
import dev.mortise.process.worker.wire.WorkerCalls;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together what runs processes. */
public record WorkersMaker(RemoteCalls calls, LoopbackPeers peers, HopTokens tokens, JsonFactory json) {
    /**
     * Makes what runs processes; it has neither threads nor files before its first fleet. The caller closes it.
     *
     * @param settings as they are now
     * @param records where it is written down what runs, while there is a database
     * @param node the name of this node
     */
    public Workers make(
            Supplier<WorkerSettings> settings,
            Supplier<@Nullable WorkerRecords> records,
            Supplier<String> node,
            WorkerMeters meters) {
        WorkerSettings now = settings.get();
        WorkerThreads threads = WorkerThreads.make(now.startParallel());
        JsonLines lines = new JsonLines(json.strict());
        WorkerCalls asking = new WorkerCalls(calls, tokens, lines, new AnswerReader(json.lenient()));
        Launcher launcher = new Launcher(now.launch());
        return new Workers(new Parts(
                settings,
                new Parts.Launching(
                        launcher, new WorkFolders(now.launch()), new PortPool(), new ClassArchive(launcher)),
                new Parts.Talking(peers, tokens, asking, lines),
                new Ledger(records, node, threads.records()),
                threads,
                meters));
    }
}
