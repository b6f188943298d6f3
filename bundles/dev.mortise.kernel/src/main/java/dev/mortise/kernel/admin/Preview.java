// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.admin;

import java.util.List;

/** What would become of something, without doing it. */
public sealed interface Preview {
    /**
     * The plan; the JSON shape of CONTRACTS.md.
     *
     * @param generation the generation of the desired state that it was made against
     * @param groups what would change, group after group
     * @param waiting what would wait, and why
     * @param refused what would be refused, and why
     */
    record Planned(long generation, List<Group> groups, List<Judged> waiting, List<Judged> refused) implements Preview {
        public Planned {
            groups = List.copyOf(groups);
            waiting = List.copyOf(waiting);
            refused = List.copyOf(refused);
        }
    }

    /** What was sent is no plugin that Mortise takes. */
    record NotTaken(String message, List<Why.Item> problems) implements Preview {
        public NotTaken {
            problems = List.copyOf(problems);
        }
    }

    /** Nobody can say that now: Mortise starts or stops. */
    record Unavailable(String message) implements Preview {}

    /** Plugins that would change together. */
    record Group(List<Step> steps) {
        public Group {
            steps = List.copyOf(steps);
        }
    }

    /** What would be done with a plugin: install, update, downgrade or remove. */
    record Step(String plugin, String version, String action) {}

    /** A plugin that would not run, and why. */
    record Judged(String plugin, String version, List<Why.Item> problems) {
        public Judged {
            problems = List.copyOf(problems);
        }
    }
}
