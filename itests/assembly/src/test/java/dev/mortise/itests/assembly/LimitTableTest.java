// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.config.Setting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of all limits is made from the files of runtime-config/etc; with -Dlimits=write this test writes it. */
class LimitTableTest {
    private static final Path FOLDER = Path.of("../../runtime-config");
    private static final Path TABLE = FOLDER.resolve("limits.md");
    private static final String HEAD = """
            # Limits

            Every number that can be set, from the files in `etc/`; made by `LimitTableTest`. `http.body.max.mb` is key `body.max.mb` of
            `etc/http.properties`, and the environment variable `MORTISE_HTTP_BODY_MAX_MB`.

            | setting | default | what it bounds |
            |---|---|---|
            """;

    @Test
    void tellsEveryNumberOfTheConfigurationFiles() throws IOException {
        String expected = HEAD
                + Schema.shipped().settings().stream()
                        .filter(setting -> setting.initial().matches("-?\\d+"))
                        .map(LimitTableTest::row)
                        .collect(Collectors.joining());
        if ("write".equals(System.getProperty("limits"))) {
            Files.writeString(TABLE, expected);
        }

        assertThat(TABLE)
                .as("write it with ./mvnw verify -Dlimits=write -Dtest=LimitTableTest -pl itests/assembly -am"
                        + " -Dsurefire.failIfNoSpecifiedTests=false")
                .hasContent(expected);
    }

    private static String row(Setting setting) {
        return "| `" + setting.name() + "` | " + setting.initial() + " | " + comment(setting) + " |\n";
    }

    private static String comment(Setting setting) {
        List<String> comment = new ArrayList<>();
        for (String line : lines(setting.concern())) {
            if (line.startsWith(setting.key() + " ")) {
                return String.join(" ", comment);
            }
            if (line.startsWith("# ")) {
                comment.add(line.substring(2));
            } else {
                comment.clear();
            }
        }
        throw new AssertionError("no line for " + setting.name());
    }

    private static List<String> lines(String concern) {
        try {
            return Files.readAllLines(FOLDER.resolve("etc").resolve(concern + ".properties"));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
