// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.user;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** The accounts of this machine (passwd(5), group(5)): processes of plugins must not be one of them. */
public final class Accounts {
    private Accounts() {}

    /** Answers an account or group that has a number of the range. */
    public static Optional<String> in(UserRange range, Path etc) {
        return find(range, etc.resolve("passwd"), "user").or(() -> find(range, etc.resolve("group"), "group"));
    }

    private static Optional<String> find(UserRange range, Path file, String kind) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":", 4))
                    .filter(fields -> fields.length == 4 && fields[2].matches("\\d{1,9}"))
                    .filter(fields -> range.has(Integer.parseInt(fields[2])))
                    .map(fields -> kind + " '" + fields[0] + "' (" + fields[2] + ")")
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
