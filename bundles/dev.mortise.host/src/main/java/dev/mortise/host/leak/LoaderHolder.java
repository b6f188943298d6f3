// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.util.List;

/** Something that may hold class loaders of plugins which are gone. */
public interface LoaderHolder {
    /**
     * Answers one text for each thing that holds the loader, empty when none does. Runs on a thread of the watch, and must
     * neither keep the loader nor run code of it.
     */
    List<String> holding(ClassLoader loader);
}
