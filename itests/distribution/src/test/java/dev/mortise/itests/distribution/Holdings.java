// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Container;
import dev.mortise.itests.harness.process.JvmFigures;
import dev.mortise.itests.harness.process.ProcessFigures;

/** What a container holds after a collection. */
record Holdings(double metaspaceKilobytes, int loaders, int threads, int descriptors, int heapKilobytes) {
    static Holdings of(Container container) throws Exception {
        long pid = container.process().pid();
        JvmFigures jvm = JvmFigures.collected(pid);
        ProcessFigures process = new ProcessFigures(pid);
        return new Holdings(jvm.metaspaceKilobytes(), jvm.loaders(), process.threads(), process.descriptors(), (int)
                jvm.heapKilobytes());
    }
}
