// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.distribution;

import dev.mortise.itests.harness.Product;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A command of {@code bin/mortise} that ends by itself.
 *
 * @param output both of its outputs
 */
record Tool(int exitCode, String output) {

    /** Runs a command to its end. */
    static Tool run(Map<String, String> environment, Object... words) throws IOException, InterruptedException {
        Process process = start(environment, words);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Tool(process.waitFor(), output);
    }

    /** Starts a command; the caller ends it. */
    static Process start(Map<String, String> environment, Object... words) throws IOException {
        List<String> command = new ArrayList<>(List.of(Product.find().script().toString()));
        for (Object word : words) {
            command.add(word.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        return builder.start();
    }
}
