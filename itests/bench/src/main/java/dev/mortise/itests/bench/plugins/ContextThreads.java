// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.plugins;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads on which JMH measures: each runs in the context of a client's request, as a handler does. */
public final class ContextThreads extends ThreadPoolExecutor {
    /** Makes so many threads; JMH calls this by name. */
    public ContextThreads(int threads, String prefix) {
        super(
                threads,
                threads,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                worker -> new Thread(Circumstances.get().context().wrap(worker), prefix));
    }
}
