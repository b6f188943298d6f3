// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The README's blocks of a language. */
record Readme(String text) {
    static Readme of(Path file) throws IOException {
        return new Readme(Files.readString(file));
    }

    /** Answers the fenced blocks of a language, in order. */
    List<String> blocks(String language) {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$")
                .matcher(text)
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
    }
}
