// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginManifest;
import dev.mortise.kernel.port.WorkerProcesses.TenantPart;
import java.util.List;
import java.util.Optional;

/**
 * Runs programs that plugins bring and that are spoken to in lines, over their standard input and output: from an array of
 * arguments, no shell sees them; under the guard that processes of plugins have. Implemented by process.
 */
public interface LinePrograms {
    /**
     * Starts a program. The caller closes it.
     *
     * @param listener is told on threads that must not be kept for long
     * @throws dev.mortise.api.error.MortiseException with a sentence, when it can't be started
     */
    Program start(Order order, Listener listener);

    /**
     * What is to be started.
     *
     * @param digest of the plugin's jar, whose folder {@code worker/} is where it starts, if there is one
     * @param tenant for whom alone
     * @param secrets what the tenant gave, for its environment, where manifest and operator agree on that
     * @param lineBytes what a line of its standard output may have
     */
    record Order(
            PluginManifest manifest,
            Digest digest,
            List<String> command,
            String tenant,
            Optional<TenantPart> secrets,
            int lineBytes) {
        public Order {
            command = List.copyOf(command);
        }

        @Override
        public String toString() {
            return "Order[" + manifest.identity() + ", " + command + ", " + tenant + "]";
        }
    }

    /** Hears a program. */
    interface Listener {
        /** It wrote a line to its standard output. */
        void line(String text);

        /** It wrote a line that is longer than a line may be, of which nothing is told. */
        void tooLong();

        /** It is gone; {@code words} are what it wrote last to its standard error. */
        void gone(String words);
    }

    /** A program that was started. */
    interface Program extends AutoCloseable {
        /** Writes a line to its standard input, which may wait for it to read. False when it is gone. */
        boolean tell(String line);

        /** Ends it: end of file, TERM, KILL. Returns at once. */
        @Override
        void close();
    }
}
