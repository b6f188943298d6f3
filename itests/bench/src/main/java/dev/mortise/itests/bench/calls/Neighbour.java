// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench.calls;

import dev.mortise.itests.bench.Scratch;
import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.net.URI;

/** Bare Jetty with the handler of the measured plugins, for measurements of other packages. */
public record Neighbour(BareProcess process, URI base) implements AutoCloseable {
    /** Starts one. */
    public static Neighbour start(Product product, Scratch scratch) throws IOException {
        BareProcess process = BareProcess.start(product, scratch.home("neighbour"), "none");
        return new Neighbour(process, process.server().base());
    }

    @Override
    public void close() throws InterruptedException {
        process.close();
    }
}
