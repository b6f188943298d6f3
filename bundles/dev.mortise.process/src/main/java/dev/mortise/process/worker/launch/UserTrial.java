// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import dev.mortise.process.worker.user.Accounts;
import dev.mortise.process.worker.user.Capabilities;
import dev.mortise.process.worker.user.UserRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Becomes the last user of a range for a moment, in a process of the container's own, and looks around: at what processes must
 * reach, and at what they must not.
 */
final class UserTrial implements Users.Trial {
    /** Says what it can't pass, can't read, or can read; nothing when all is well. */
    private static final String SCRIPT = """
            while [ "$1" != -- ]; do [ -x "$1" ] || { echo "pass $1"; exit; }; shift; done
            shift
            while [ "$1" != -- ]; do [ -r "$1" ] || { echo "read $1"; exit; }; shift; done
            shift
            for path; do [ ! -r "$path" ] && [ ! -w "$path" ] && [ ! -x "$path" ] || { echo "open $path"; exit; }; done
            """;
    /** What the database's programs need where they run as another user, and what tells nothing. */
    private static final List<String> OPEN = List.of("postgres-bin", "http-port");

    private static final String JAR = ".jar";
    private static final int SECONDS = 10;

    private final LaunchSettings settings;
    private final Supplier<GuardScript> scripts;

    UserTrial(LaunchSettings settings, Supplier<GuardScript> scripts) {
        this.settings = settings;
        this.scripts = scripts;
    }

    @Override
    public Optional<String> problem(UserRange range) {
        List<String> missing = Capabilities.missing(Path.of("/proc/self/status"));
        if (!missing.isEmpty()) {
            return Optional.of("Mortise may not start processes as other users: it lacks " + String.join(", ", missing)
                    + ". Start it as root, or with AmbientCapabilities=" + Capabilities.needed() + " in its unit.");
        }
        if (!Files.isReadable(Path.of("/proc/1/status"))) {
            return Optional.of("processes of others can't be seen in /proc, so no user is known to be free."
                    + " Mount /proc without hidepid, or with gid= of a group of Mortise's.");
        }
        return Accounts.in(range, Path.of("/etc"))
                .map(account -> account + " of this machine is one of them. Choose numbers that nobody has.")
                .or(() -> looked(range.last()));
    }

    private Optional<String> looked(int user) {
        try {
            return found(user, run(scripts.get().as(user, List.of("sh", "-c", SCRIPT, "sh")), user));
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
            return Optional.of("that can't be tried: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.of("Mortise stops.");
        }
    }

    private static Optional<String> found(int user, String said) {
        String[] words = said.strip().split(" ", 2);
        return switch (words[0]) {
            case "" -> Optional.empty();
            case "pass" ->
                Optional.of("user %d can't pass the folder %s, in which lies what a process needs: chmod o+x %s"
                        .formatted(user, words[1], words[1]));
            case "read" ->
                Optional.of("user %d can't read %s, which a process needs: chmod o+r %s"
                        .formatted(user, words[1], words[1]));
            case "open" ->
                Optional.of("user %d can reach %s, which is not for plugins: chmod o-rwx %s"
                        .formatted(user, words[1], words[1]));
            default -> Optional.of("no process can be started as user " + user + ": " + said.strip());
        };
    }

    private String run(List<String> command, int user) throws IOException, InterruptedException {
        RunFolder folder = RunFolder.make(settings.run(), "trial", Optional.of(user));
        Path output = Files.createTempFile(settings.run(), "trial", ".out");
        try {
            List<String> all = new ArrayList<>(command);
            all.addAll(passed(folder.home()));
            all.add("--");
            all.addAll(read());
            all.add("--");
            all.addAll(closed());
            return said(all, output);
        } finally {
            folder.delete();
            Files.deleteIfExists(output);
        }
    }

    private String said(List<String> command, Path output) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(settings.run().toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", settings.path());
        Process process = builder.start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            return "it took longer than " + SECONDS + " s";
        }
        String text = Files.readString(output, StandardCharsets.UTF_8);
        return process.exitValue() == 0 || !text.isBlank() ? text : "it ended with " + process.exitValue();
    }

    private List<String> passed(Path home) {
        List<String> folders = new ArrayList<>();
        for (Path reached : Stream.concat(settings.read().stream(), Stream.of(home.resolve(".")))
                .toList()) {
            for (@Nullable Path folder = reached.getParent(); folder != null; folder = folder.getParent()) {
                folders.add(folder.toString());
            }
        }
        return folders.stream()
                .distinct()
                .sorted(Comparator.comparingInt(String::length))
                .toList();
    }

    private List<String> read() throws IOException {
        List<String> files = new ArrayList<>();
        for (Path file : settings.read()) {
            files.add(file.toString());
            below(file).stream()
                    .map(Path::toString)
                    .filter(one -> one.endsWith(JAR))
                    .forEach(files::add);
        }
        return files;
    }

    /** Answers what nobody else may open, after closing it where an earlier start, or another part, left it open. */
    private List<String> closed() throws IOException {
        List<String> closed = new ArrayList<>();
        for (Path file : below(settings.home().resolve("data"))) {
            if (!OPEN.contains(file.getFileName().toString())) {
                RunFolder.close(file);
                closed.add(file.toString());
            }
        }
        for (String folder : List.of("etc", "plugins", "log")) {
            closed.add(settings.home().resolve(folder).toString());
        }
        return closed;
    }

    private static List<Path> below(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
