// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.launcher.config.Schema;
import dev.mortise.launcher.config.Setting;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static final String PID_PREFIX = "dev.mortise.";

    /** The launcher reads these itself. */
    private static final Set<String> OF_THE_LAUNCHER = Set.of("log");

    private final Schema schema = Schema.shipped();
    private final List<ComponentFile> components = Assembled.jars(Assembled.system()).stream()
            .flatMap(jar -> ComponentFile.configured(jar).stream())
            .toList();

    @Test
    void givesEveryPropertyOfAComponentItsDefaultInAFile() {
        assertThat(components).isNotEmpty().allSatisfy(component -> assertThat(documented(component))
                .as("files of %s", component.name())
                .containsAllEntriesOf(own(component)));
    }

    @Test
    void holdsNoKeyThatNobodyReads() {
        Set<String> read = components.stream()
                .flatMap(component -> component.pids().stream().flatMap(pid -> own(component).keySet().stream()
                        .map(key -> pid.substring(PID_PREFIX.length()) + "." + key)))
                .collect(Collectors.toSet());

        assertThat(schema.settings())
                // what stands for many keys is read from the whole configuration, by the id in it
                .filteredOn(setting -> !OF_THE_LAUNCHER.contains(setting.concern()) && !setting.pattern())
                .extracting(Setting::name)
                .isSubsetOf(read);
    }

    private Map<String, String> documented(ComponentFile component) {
        Map<String, String> defaults = new TreeMap<>();
        schema.settings().stream()
                .filter(setting -> component.pids().contains(PID_PREFIX + setting.concern()))
                .forEach(setting -> defaults.put(setting.key(), setting.initial()));
        return defaults;
    }

    /** The launcher adds the properties of the container, no file holds them; those with a dot first are private. */
    private static Map<String, String> own(ComponentFile component) {
        return component.properties().entrySet().stream()
                .filter(property -> !property.getKey().matches("mortise\\..*|service\\..*|osgi\\..*|\\..*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
