// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The environment variables of the container that a plugin may have where it asks for them, in its settings or in its processes:
 * {@code <id>.env} of the operator.
 *
 * @param names of variables, or {@code *} for all but those with names like those of secrets, which must be listed
 */
public record AllowedVariables(Set<String> names) {
    /** Allows nothing. */
    public static final AllowedVariables NONE = new AllowedVariables(Set.of());

    private static final String ALL = "*";
    private static final Pattern OF_SECRETS =
            Pattern.compile(".*(SECRET|PASSWORD|TOKEN).*|DB_.*|MORTISE_.*", Pattern.CASE_INSENSITIVE);

    public AllowedVariables {
        names = Set.copyOf(names);
    }

    /** Reads names between commas or white space. */
    public static AllowedVariables parse(String text) {
        return new AllowedVariables(Arrays.stream(text.split("[,\\s]+", -1))
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet()));
    }

    /** Tells whether the plugin may have a variable. */
    public boolean admits(String name) {
        return names.contains(name)
                || (names.contains(ALL) && !OF_SECRETS.matcher(name).matches());
    }
}
