// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts processes under guard, and beside the first of them what ends them all should this container be killed. */
public final class Launcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Launcher.class);
    private static final int NONCE_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final LaunchSettings settings;

    // The monitor guards these.
    private @Nullable GuardScript guard;
    private @Nullable Undertaker undertaker;
    private boolean closed;

    /** Starts nothing yet. */
    public Launcher(LaunchSettings settings) {
        this.settings = settings;
    }

    /**
     * Ends what an earlier container of this home left, and empties the folders of processes. Called once, before the first
     * start.
     */
    public void tidy() {
        if (!Files.isDirectory(settings.run())) {
            return;
        }
        int ended = Strays.kill(settings.run());
        if (ended > 0) {
            LOG.warn("{} processes of an earlier run were still there and have been ended", ended);
        }
        RunFolder.delete(settings.run());
        RunFolder.delete(settings.work());
    }

    /** Answers a name that no other process ever has. */
    public String nonce() {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Starts a process. The caller ends it.
     *
     * @throws IOException when the system does not start it; a program that is not there starts and ends with 127
     */
    public Child start(Launch launch, String nonce) throws IOException {
        return start(launch, nonce, Optional.empty());
    }

    /** Starts a process whose standard output is no log, but lines for somebody. */
    public Child start(Launch launch, String nonce, Optional<Spoken> spoken) throws IOException {
        GuardScript through = guard();
        RunFolder folder = RunFolder.make(settings.run(), nonce);
        ProcessBuilder builder = new ProcessBuilder(
                        through.around(folder, settings.terminate().toSeconds(), launch.command()))
                .directory(launch.folder().orElse(folder.home()).toFile());
        fill(builder.environment(), launch, folder);
        try {
            return child(builder.start(), folder, launch, spoken);
        } catch (IOException e) {
            folder.delete();
            throw e;
        }
    }

    private Child child(Process through, RunFolder folder, Launch launch, Optional<Spoken> spoken) {
        try {
            return new Child(through, folder, settings.terminate(), launch.label(), settings.output(), spoken);
        } catch (RuntimeException | Error e) {
            // where no thread can be had that reads its output, nobody would end it
            through.destroyForcibly();
            Strays.kill(folder.path());
            folder.delete();
            throw e;
        }
    }

    private void fill(Map<String, String> environment, Launch launch, RunFolder folder) {
        environment.clear();
        environment.putAll(launch.environment());
        environment.putAll(settings.common().get());
        environment.put("PATH", settings.path());
        environment.put("HOME", folder.home().toString());
        environment.put("TMPDIR", folder.tmp().toString());
    }

    private synchronized GuardScript guard() throws IOException {
        GuardScript made = guard;
        if (made == null) {
            made = GuardScript.in(settings.run(), settings.path());
            guard = made;
        }
        if (!closed && (undertaker == null || !undertaker.isAlive())) {
            undertaker =
                    Undertaker.begin(made.afterAll(settings.terminate().toSeconds()), settings.run(), settings.path());
        }
        return made;
    }

    /** Nothing that was started here runs any more, or its guard ends it. */
    @Override
    public synchronized void close() {
        closed = true;
        if (undertaker != null) {
            undertaker.close();
        }
    }
}
