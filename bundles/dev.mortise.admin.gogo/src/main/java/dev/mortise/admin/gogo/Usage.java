// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How a command is called, read from the text that people see: {@code uninstall <id> [--force]}. Positions come as
 * {@code <name>} or {@code [<name>]}, options as {@code [--name]} or {@code [--name <value>]}; options may stand anywhere. One without brackets has been seen before the usage was chosen.
 */
final class Usage {
    private static final Pattern PART = Pattern.compile("\\[?(--[a-z]+)( <[a-z]+>)?]?|(\\[)?<[a-z]+>]?");

    private final String text;
    private final String meaning;
    private final Map<String, Boolean> options = new HashMap<>();
    private int least;
    private int most;

    private Usage(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
        Matcher part = PART.matcher(text);
        while (part.find()) {
            if (part.group(1) != null) {
                options.put(part.group(1), part.group(2) != null);
            } else {
                most++;
                least += part.group(3) == null ? 1 : 0;
            }
        }
    }

    /** Reads a usage; {@code meaning} says what the command does. */
    static Usage of(String text, String meaning) {
        return new Usage(text, meaning);
    }

    /** Runs the command with what was typed; answers a sentence when that does not fit. */
    Object run(@Nullable String[] typed, Function<Words, Object> command) {
        List<String> positions = new ArrayList<>();
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < typed.length; i++) {
            String word = String.valueOf(typed[i]);
            Boolean takesValue = options.get(word);
            if (takesValue == null && word.startsWith("--")) {
                return new Sentence("'" + word + "' is no option here. " + line());
            }
            if (takesValue == null) {
                positions.add(word);
            } else if (!takesValue) {
                given.put(word, "");
            } else if (i + 1 < typed.length) {
                given.put(word, String.valueOf(typed[++i]));
            } else {
                return new Sentence("'" + word + "' needs a value. " + line());
            }
        }
        return positions.size() < least || positions.size() > most
                ? new Sentence(line())
                : command.apply(new Words(positions, given));
    }

    String text() {
        return text;
    }

    String meaning() {
        return meaning;
    }

    /** Answers the command's name, which the verbs of a noun share. */
    String command() {
        return text.split(" ")[0];
    }

    private String line() {
        return "Usage: " + text;
    }

    /** What was typed after the command. */
    record Words(List<String> positions, Map<String, String> options) {
        /** Answers a position that the usage requires. */
        String at(int index) {
            return positions.get(index);
        }

        /** Answers a position that may be left out. */
        Optional<String> optional(int index) {
            return positions.stream().skip(index).findFirst();
        }

        /** Tells whether an option stands there. */
        boolean has(String name) {
            return options.containsKey(name);
        }

        /** Answers an option's value. */
        Optional<String> option(String name) {
            return Optional.ofNullable(options.get(name));
        }
    }
}
