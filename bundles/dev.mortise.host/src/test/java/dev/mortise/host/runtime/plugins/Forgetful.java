// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime.plugins;

import dev.mortise.host.leak.leaks.Leaks;
import dev.mortise.host.platform.Diary;
import java.util.List;
import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Leaves everything behind that a plugin can leave behind. */
@Component(immediate = true)
public final class Forgetful {
    /** Leaves it. */
    @Activate
    public Forgetful() throws Exception {
        List<Callable<AutoCloseable>> leaks = List.of(
                new Leaks.Task(),
                new Leaks.Tasks(),
                new Leaks.Local(),
                new Leaks.OwnDriver(),
                new Leaks.Hook(),
                new Leaks.Stock());
        for (Callable<AutoCloseable> leak : leaks) {
            Diary.LEFT.add(leak.call());
        }
    }
}
