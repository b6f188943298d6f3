// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.util.Optional;

/** Finds out why the class of a component can't be used, which its runtime only logs. Lives on the thread of the plugin. */
record ClassFailures(ClassLoader loader) {
    /** Answers what loading and initialising a class throws, in one line. */
    Optional<String> of(String name) {
        try {
            Class.forName(name, true, loader);
            return Optional.empty();
        } catch (ClassNotFoundException | LinkageError e) {
            return e.toString().lines().findFirst();
        }
    }
}
