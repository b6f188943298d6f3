// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import java.util.concurrent.Callable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Needs what nobody has. */
@Component(immediate = true, service = Lonely.class)
public final class Lonely {
    /** Waits for ever. */
    @Activate
    public Lonely(@Reference Callable<?> nobody) throws Exception {
        nobody.call();
    }
}
