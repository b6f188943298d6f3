// SPDX-License-Identifier: Apache-2.0
package dev.mortise.worker.given;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The command line of a worker.
 *
 * @param plugin the jar, or a folder with one; nothing for a plugin on the class path
 * @param tenant the only one that is served
 * @param port what is listened on; 0 for a free one
 * @param core where the plugin announces itself; without it the plugin runs alone
 * @param tokenFile holds the credential for the core
 * @param advertise where the core reaches this process
 * @param node the name of this machine
 * @param bind the address that is listened on
 * @param mode production or test
 */
public record Options(
        Optional<Path> plugin,
        Optional<String> tenant,
        int port,
        Optional<URI> core,
        Optional<Path> tokenFile,
        Optional<String> advertise,
        Optional<String> node,
        String bind,
        Optional<String> mode) {
    /** What there is. */
    public static final String USAGE = """
            Usage: mortise worker --plugin <jar|dir> [options]

              --plugin FILE     the plugin: its jar, or a folder with exactly one
              --tenant T        the only tenant that it serves
              --port N          port to listen on, 0 for a free one (0)
              --bind ADDRESS    address to listen on (127.0.0.1)
              --core URL        announce the plugin to this Mortise; without it, it runs alone for its author
              --token-file FILE credential for the core (POST /api/v1/tokens)
              --advertise URL   where the core reaches this process (http://<bind>:<port>)
              --node NAME       name of this machine (its host name)
              --mode MODE       production or test; nothing depends on it yet (production)""";

    private static final Set<String> NAMES = Set.of(
            "--plugin", "--tenant", "--port", "--core", "--token-file", "--advertise", "--node", "--bind", "--mode");
    private static final int LAST_PORT = 65_535;

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException with a sentence about what is wrong with it
     */
    public static Options parse(List<String> words) {
        Map<String, String> given = pairs(new ArrayDeque<>(words));
        if (given.containsKey("--core") != given.containsKey("--token-file")) {
            throw new IllegalArgumentException("'--core' and '--token-file' belong together.");
        }
        return new Options(
                find(given, "--plugin").map(Path::of),
                find(given, "--tenant"),
                port(given.getOrDefault("--port", "0")),
                find(given, "--core").map(Options::url),
                find(given, "--token-file").map(Path::of),
                find(given, "--advertise"),
                find(given, "--node"),
                given.getOrDefault("--bind", "127.0.0.1"),
                find(given, "--mode").filter(Options::knownMode));
    }

    private static Map<String, String> pairs(Deque<String> words) {
        Map<String, String> given = new HashMap<>();
        while (!words.isEmpty()) {
            String[] word = words.pop().split("=", 2);
            String name = word[0];
            if (word.length == 2) {
                words.push(word[1]);
            }
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException("Unknown option '" + name + "' of command 'worker'.");
            }
            if (words.isEmpty() || words.peek().startsWith("--") || words.peek().isBlank()) {
                throw new IllegalArgumentException("Option '" + name + "' needs a value.");
            }
            if (given.put(name, words.pop()) != null) {
                throw new IllegalArgumentException("Option '" + name + "' is given twice.");
            }
        }
        return given;
    }

    private static Optional<String> find(Map<String, String> given, String name) {
        return Optional.ofNullable(given.get(name));
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > LAST_PORT) {
            throw new IllegalArgumentException("'" + text + "' is no port. Give a number from 0 to 65535.");
        }
        return Integer.parseInt(text);
    }

    private static URI url(String text) {
        URI url = URI.create(text.endsWith("/") ? text.substring(0, text.length() - 1) : text);
        if (url.getHost() == null || !Set.of("http", "https").contains(url.getScheme())) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no URL of a core such as https://mortise.example:8080.");
        }
        return url;
    }

    private static boolean knownMode(String mode) {
        if (!Set.of("test", "production").contains(mode)) {
            throw new IllegalArgumentException("'" + mode + "' is no mode. There are 'test' and 'production'.");
        }
        return true;
    }
}
