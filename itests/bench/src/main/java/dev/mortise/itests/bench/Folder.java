// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.bench;

import dev.mortise.itests.harness.Answer;
import dev.mortise.itests.harness.Client;
import dev.mortise.itests.harness.plugins.VersionedAnswer;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What an operator does with a contestant's folder, and how long it takes to be seen. */
record Folder(Contestant contestant, Path scratch) {
    /** Puts a version where the last one lay and answers the milliseconds to its first answer. */
    double put(String id, String version) throws Exception {
        Path jar = contestant.write(scratch.resolve(id + ".next"), id, version);
        Client client = contestant.client();
        String route = contestant.route(id);
        long start = System.nanoTime();
        Files.move(jar, contestant.folder().resolve(id + ".jar"), StandardCopyOption.ATOMIC_MOVE);
        return Clock.until(start, () -> version(client, route).equals(Optional.of(version)));
    }

    /** Deletes a jar and answers the milliseconds to the first 404. */
    double remove(String id) throws Exception {
        Client client = contestant.client();
        String route = contestant.route(id);
        long start = System.nanoTime();
        Files.delete(contestant.folder().resolve(id + ".jar"));
        return Clock.until(start, () -> Clock.status(client, route) == 404);
    }

    /** Drops many at once. */
    void putAll(List<String> ids) throws Exception {
        List<Path> jars = new ArrayList<>();
        for (String id : ids) {
            jars.add(contestant.write(scratch.resolve(id + ".jar"), id, "1.0.0"));
        }
        for (Path jar : jars) {
            Files.move(jar, contestant.folder().resolve(jar.getFileName()), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Answers the version that a route answers now, if it does. */
    static Optional<String> version(Client client, String route) {
        try {
            Answer answer = client.get(route);
            return answer.status() == 200 ? VersionedAnswer.version(answer) : Optional.empty();
        } catch (UncheckedIOException e) {
            return Optional.empty(); // nobody listens yet
        }
    }
}
