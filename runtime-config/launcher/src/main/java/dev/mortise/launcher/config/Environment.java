// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import dev.mortise.launcher.program.ExitCode;
import dev.mortise.launcher.program.LaunchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment variables that speak to Mortise. */
public record Environment(Map<String, String> variables) {
    private static final String FILE = "_FILE";
    private static final Set<String> OTHERS =
            Set.of("MORTISE_HOME", "MORTISE_EDITION", "MORTISE_SHELL", "MORTISE_JAVA_OPTS");

    /** What goes on after these is said of single plugins, and read by the host. */
    private static final Set<String> OF_PLUGINS = Set.of("MORTISE_PLUGIN_", "MORTISE_PLUGINS_");

    /** Return the value of a variable, or what stands in the file that the variable with suffix _FILE names. */
    Optional<String> value(String variable) {
        String file = variables.get(variable + FILE);
        return file == null
                ? Optional.ofNullable(variables.get(variable))
                : Optional.of(content(variable + FILE, file));
    }

    private static String content(String variable, String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            throw new LaunchFailure(
                    ExitCode.CONFIGURATION,
                    "File '" + file + "' of environment variable " + variable + " can't be read.",
                    e);
        }
    }

    /** Return the variables that look like settings of Mortise and are none. */
    public List<String> strangers(Collection<Setting> settings) {
        Set<String> known = settings.stream().map(Setting::variable).collect(Collectors.toCollection(HashSet::new));
        settings.stream().flatMap(this::named).map(Setting::variable).forEach(known::add);
        return variables.keySet().stream()
                .filter(name -> name.startsWith("MORTISE_") && !OTHERS.contains(name))
                .filter(name -> OF_PLUGINS.stream().noneMatch(name::startsWith))
                .filter(name -> !known.contains(name) && !known.contains(withoutFile(name)))
                .sorted()
                .toList();
    }

    /** Return the settings of a pattern that variables give. */
    Stream<Setting> named(Setting pattern) {
        return variables.keySet().stream()
                .map(Environment::withoutFile)
                .distinct()
                .flatMap(name -> pattern.ofVariable(name).stream());
    }

    private static String withoutFile(String name) {
        return name.endsWith(FILE) ? name.substring(0, name.length() - FILE.length()) : name;
    }
}
