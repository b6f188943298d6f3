// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        now.values().forEach((setting, value) -> {
            boolean changed = !value.equals(read.values().get(setting));
            if (setting.live()) {
                String before = values.put(setting, value);
                if (changed) {
                    told.add("%s changed from %s to %s".formatted(setting.name(), before, value));
                }
            } else if (changed) {
                // Without its value, which may be a password.
                waiting.add("%s changed; it counts from the next start on".formatted(setting.name()));
            }
        });
        told.sort(null);
        waiting.sort(null);
        return new Change(new RunningSettings(new Settings(values), now), told, waiting);
    }
}
