// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.readme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The README's fenced blocks: what its reader types, and the files that its reader writes. */
record Readme(String text) {
    private static final Pattern FILE = Pattern.compile("(?ms)^`([^`\\n]+)`:\\n```\\w+\\n(.*?)^```$");

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

    /** Answers the blocks under a line that is a file's name and a colon, by that name. */
    Map<String, String> files() {
        Map<String, String> files = new LinkedHashMap<>();
        FILE.matcher(text).results().forEach(file -> files.put(file.group(1), file.group(2)));
        return files;
    }
}
