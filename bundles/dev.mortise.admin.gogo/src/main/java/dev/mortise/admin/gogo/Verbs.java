// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import dev.mortise.admin.gogo.Usage.Words;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The verbs of a noun command: {@code token create}, {@code token list}. */
final class Verbs {
    private final Map<String, Verb> verbs = new LinkedHashMap<>();

    /** Adds a verb; its usage starts with noun and verb. */
    Verbs with(Usage usage, Function<Words, Object> command) {
        verbs.put(usage.text().split(" ")[1], new Verb(usage, command));
        return this;
    }

    /** Runs the verb that was typed; answers the usage of all when it is none of them. */
    Object run(@Nullable String[] typed) {
        Verb verb = typed.length == 0 ? null : verbs.get(String.valueOf(typed[0]));
        return verb == null
                ? new Sentence(verbs.values().stream()
                        .map(known -> known.usage.text())
                        .collect(Collectors.joining("; ", "Usage: ", "")))
                : verb.usage.run(Arrays.copyOfRange(typed, 1, typed.length), verb.command);
    }

    private record Verb(Usage usage, Function<Words, Object> command) {}
}
