// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import dev.mortise.process.worker.user.HeldUser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Starts processes under guard, and beside the first of them what ends them all should this container be killed. */
public final class Launcher implements AutoCloseable {
    private static final int NONCE_BYTES = 16;

    private final SecureRandom random = new SecureRandom();
    private final LaunchSettings settings;
    private final Users users;

    // The monitor guards these.
    private @Nullable GuardScript guard;
    private @Nullable Undertaker undertaker;
    private boolean closed;

    /** Starts nothing yet. */
    public Launcher(LaunchSettings settings) {
        this.settings = settings;
        users = new Users(settings.users(), isRoot(), new UserTrial(settings, this::scripts));
    }

    private static boolean isRoot() {
        try {
            return RunFolder.owner(Path.of("/proc/self")) == 0;
        } catch (IOException | UnsupportedOperationException e) {
            return false; // a system on which processes have no such users
        }
    }

    /** Answers who processes run as. */
    public Users users() {
        return users;
    }

    /**
     * Ends what an earlier container of this home left, and empties the folders of processes. Called once, before the first
     * start.
     */
    public synchronized void tidy() {
        new FormerRun(settings.home().resolve("data/run")).end();
        if (Files.isDirectory(settings.run())) {
            new Leftovers(settings.run(), users, this::scripts).end();
            RunFolder.delete(settings.work());
            guard = null; // its scripts went with the folder
        }
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
     * @throws IOException when there is no user that it could run as, or the system does not start it; a program that is not
     *     there starts and ends with 127
     */
    public Child start(Launch launch, String nonce) throws IOException {
        return start(launch, nonce, Optional.empty());
    }

    /** Starts a process whose standard output is no log, but lines for somebody. */
    public Child start(Launch launch, String nonce, Optional<Spoken> spoken) throws IOException {
        GuardScript through = guard();
        Optional<HeldUser> user = launch.own() ? Optional.empty() : users.take(launch.label());
        Stay stay;
        try {
            stay = new Stay(RunFolder.make(settings.run(), nonce, user.map(HeldUser::number)), user, users, through);
        } catch (RuntimeException | Error e) {
            user.ifPresent(HeldUser::close);
            throw e;
        }
        try {
            return child(builder(through, launch, stay.folder()).start(), stay, launch, spoken);
        } catch (IOException | RuntimeException | Error e) {
            stay.end();
            throw e;
        }
    }

    private ProcessBuilder builder(GuardScript through, Launch launch, RunFolder folder) throws IOException {
        List<String> program = new ArrayList<>(launch.command());
        if (launch.last().isPresent()) {
            program.add(folder.reachable(launch.last().get()).toString());
        }
        Path begin =
                launch.folder().isPresent() ? folder.reachable(launch.folder().get()) : folder.home();
        ProcessBuilder builder = new ProcessBuilder(
                        through.around(folder, settings.terminate().toSeconds(), program))
                .directory(begin.toFile());
        fill(builder.environment(), launch, folder);
        return builder;
    }

    private Child child(Process through, Stay stay, Launch launch, Optional<Spoken> spoken) {
        try {
            return new Child(through, stay, settings.terminate(), launch.label(), settings.output(), spoken);
        } catch (RuntimeException | Error e) {
            // where no thread can be had that reads its output, nobody would end it
            through.destroyForcibly();
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

    private synchronized GuardScript scripts() {
        GuardScript made = guard;
        if (made == null) {
            made = GuardScript.in(settings.run(), settings.path());
            guard = made;
        }
        return made;
    }

    private synchronized GuardScript guard() throws IOException {
        GuardScript made = scripts();
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
