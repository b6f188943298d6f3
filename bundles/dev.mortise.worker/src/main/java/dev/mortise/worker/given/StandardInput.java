// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.given;

import dev.mortise.api.error.MortiseException;
import dev.mortise.api.json.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the container writes, line by line, on a daemon thread. Its end means that the container wants the process to
 * end, or is gone.
 */
public final class StandardInput {
    private static final Logger LOG = LoggerFactory.getLogger(StandardInput.class);

    private final BufferedReader lines;
    private final Json json;
    private final Given given;
    private final CompletableFuture<Boolean> first = new CompletableFuture<>();

    /** Makes a reader of a stream; the mapper ignores what it does not know. */
    public StandardInput(InputStream in, Json json, Given given) {
        this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.json = json;
        this.given = given;
    }

    /**
     * Begins to read.
     *
     * @param changed is told of each line behind the first, with the tenants that gave credentials in it
     * @param end is told once
     */
    public void begin(Consumer<Set<String>> changed, Runnable end) {
        Thread reader = new Thread(() -> read(changed, end), "mortise-worker-input");
        reader.setDaemon(true);
        reader.start();
    }

    /** Waits for the first line; answers false when there is none. */
    public boolean awaitFirst() {
        return first.join();
    }

    private void read(Consumer<Set<String>> changed, Runnable end) {
        try {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Optional<InputLine> taken = line.isBlank() ? Optional.empty() : take(line);
                if (taken.isPresent() && !first.complete(true)) {
                    changed.accept(taken.get().connected());
                }
            }
        } catch (IOException e) {
            LOG.warn("Standard input broke off: {}", e.toString());
        }
        first.complete(false);
        end.run();
    }

    /** A line may hold secrets, so nothing of one that can't be read is told. */
    private Optional<InputLine> take(String line) {
        try {
            InputLine parts = new InputLine(json.read(line, Map.class));
            given.change(parts::applyTo);
            return Optional.of(parts);
        } catch (MortiseException e) {
            LOG.error("A line of {} characters on standard input is no JSON object; it is passed over", line.length());
            return Optional.empty();
        }
    }
}
