// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker;

import dev.mortise.kernel.model.AllowedVariables;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which variables of the container's own environment a process gets: those that its manifest asks for and the operator allows. */
final class HostVariables {
    private HostVariables() {}

    /** Answers them with their values. One with a name like those of secrets must be listed by the operator. */
    static Map<String, String> allowed(List<String> asked, Set<String> listed) {
        return allowed(asked, listed, System.getenv());
    }

    static Map<String, String> allowed(List<String> asked, Set<String> listed, Map<String, String> host) {
        AllowedVariables allowed = new AllowedVariables(listed);
        Map<String, String> values = new HashMap<>();
        for (String name : asked) {
            String value = host.get(name);
            if (value != null && allowed.admits(name)) {
                values.put(name, value);
            }
        }
        return values;
    }
}
