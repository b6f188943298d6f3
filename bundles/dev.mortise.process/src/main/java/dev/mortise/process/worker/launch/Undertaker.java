// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that waits for the end of this container, however that comes, and then ends the processes that their guards could
 * not end. It is there while there is one to end, and costs one shell for all of them.
 */
final class Undertaker implements AutoCloseable {
    private final Process process;

    private Undertaker(Process process) {
        this.process = process;
    }

    /**
     * Starts it. By its home it is found, as they are: the next container ends it before it starts any.
     *
     * @param command what is started
     * @param run the folder of all processes
     */
    static Undertaker begin(List<String> command, Path run, String path) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(run.toFile())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD);
        Map<String, String> environment = builder.environment();
        environment.clear();
        environment.put("PATH", path);
        environment.put("HOME", run.resolve("undertaker").toString());
        return new Undertaker(builder.start());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it; nobody is left who would need it. */
    @Override
    public void close() {
        process.destroyForcibly();
    }
}
