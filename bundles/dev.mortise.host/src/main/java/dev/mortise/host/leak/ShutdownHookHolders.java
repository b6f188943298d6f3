// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.util.List;
import java.util.Map;

/** Shutdown hooks that the plugin left: threads that are not started yet, so no list of threads shows them. */
final class ShutdownHookHolders implements LoaderHolder {
    @Override
    public List<String> holding(ClassLoader loader) {
        return HiddenField.readStatic("java.lang.ApplicationShutdownHooks", "hooks").stream()
                .flatMap(hooks -> List.copyOf(((Map<?, ?>) hooks).keySet()).stream())
                .map(Thread.class::cast)
                .flatMap(
                        hook -> ThreadHolders.reasons(hook, loader)
                                .map(why -> "shutdown hook '" + hook.getName() + "' (" + why + ")")
                                .stream())
                .toList();
    }
}
