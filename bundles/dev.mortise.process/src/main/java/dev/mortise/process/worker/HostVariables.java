// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Which variables of the container's own environment a process gets: those that its manifest asks for and the operator allows. */
final class HostVariables {
    private static final String ALL = "*";
    private static final Pattern OF_SECRETS =
            Pattern.compile(".*(SECRET|PASSWORD|TOKEN).*|DB_.*|MORTISE_.*", Pattern.CASE_INSENSITIVE);

    private HostVariables() {}

    /** Answers them with their values. One with a name like those of secrets must be listed by the operator. */
    static Map<String, String> allowed(List<String> asked, Set<String> listed) {
        return allowed(asked, listed, System.getenv());
    }

    static Map<String, String> allowed(List<String> asked, Set<String> listed, Map<String, String> host) {
        Map<String, String> values = new HashMap<>();
        for (String name : asked) {
            boolean all = listed.contains(ALL) && !OF_SECRETS.matcher(name).matches();
            String value = host.get(name);
            if (value != null && (all || listed.contains(name))) {
                values.put(name, value);
            }
        }
        return values;
    }
}
