// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The settings of a container that runs, and what was written into its files meanwhile.
 *
 * @param used what it runs with
 * @param read what was read last; differs where a change waits for the next start
 */
record RunningSettings(Settings used, Settings read) {

    static RunningSettings of(Settings settings) {
        return new RunningSettings(settings, settings);
    }

    /**
     * What reading them again came to.
     *
     * @param told one sentence for each change that counts at once
     * @param waiting one sentence for each change that only a start can make
     */
    record Change(RunningSettings next, List<String> told, List<String> waiting) {}

    Change to(Settings now) {
        List<String> told = new ArrayList<>();
        List<String> waiting = new ArrayList<>();
        Map<Setting, String> values = new HashMap<>(used.values());
        Set<Setting> settings = new HashSet<>(read.values().keySet());
        settings.addAll(now.values().keySet());
        for (Setting setting : settings) {
            Optional<String> before = read.find(setting);
            Optional<String> after = now.find(setting);
            if (setting.live()) {
                after.ifPresentOrElse(value -> values.put(setting, value), () -> values.remove(setting));
            }
            if (!before.equals(after)) {
                (setting.live() ? told : waiting).add(sentence(setting, before, after));
            }
        }
        told.sort(null);
        waiting.sort(null);
        return new Change(new RunningSettings(new Settings(values), now), told, waiting);
    }

    /** What waits is told without its value, which may be a password. What is said of one plugin may come and go. */
    private static String sentence(Setting setting, Optional<String> before, Optional<String> after) {
        return setting.live()
                ? "%s changed from %s to %s"
                        .formatted(setting.name(), before.orElse("nothing"), after.orElse("nothing"))
                : "%s changed; it counts from the next start on".formatted(setting.name());
    }
}
