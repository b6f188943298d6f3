// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import dev.mortise.kernel.model.ServiceName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One list of the operator, such as {@code stock.versions=50, *=100}, as far as it can be read.
 *
 * @param values by the name of a service, or {@code *}
 * @param faults a sentence for each entry that was left out
 */
public record OverrideList(Map<String, Long> values, List<String> faults) {
    private static final Pattern ENTRY = Pattern.compile("(\\S+?)\\s*=\\s*([0-9]{1,9})");

    public OverrideList {
        values = Map.copyOf(values);
        faults = List.copyOf(faults);
    }

    /**
     * Reads what stands after a key.
     *
     * @param key for the sentences
     */
    public static OverrideList read(String key, String text) {
        Map<String, Long> values = new LinkedHashMap<>();
        List<String> faults = new ArrayList<>();
        for (String part : text.split(",")) {
            String entry = part.strip();
            Matcher match = ENTRY.matcher(entry);
            if (entry.isEmpty()) {
                continue;
            }
            if (!match.matches() || !names(match.group(1))) {
                faults.add(
                        ("%s in etc/gateway.properties: '%s' is left out; an entry is <service>=<whole number of at most"
                                        + " 9 digits>, such as stock.versions=50, where * is every service that has no entry and"
                                        + " 0 is none.")
                                .formatted(key, entry));
            } else if (values.putIfAbsent(match.group(1), Long.valueOf(match.group(2))) != null) {
                faults.add("%s in etc/gateway.properties: '%s' is left out; an entry before it is for the same service."
                        .formatted(key, entry));
            }
        }
        return new OverrideList(values, faults);
    }

    private static boolean names(String text) {
        return text.equals(Overrides.EVERY) || ServiceName.valid(text);
    }
}
