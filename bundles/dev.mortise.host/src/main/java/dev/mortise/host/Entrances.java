// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host;

import dev.mortise.kernel.port.Entrance;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Collects the ways in, to close them before plugins end. */
@Component(service = Entrances.class)
public final class Entrances {
    private final Set<Entrance> all = ConcurrentHashMap.newKeySet();

    /** Makes a house without a door. */
    @Activate
    public Entrances() {}

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void bindEntrance(Entrance entrance) {
        all.add(entrance);
    }

    void unbindEntrance(Entrance entrance) {
        all.remove(entrance);
    }

    /** Closes all of them; returns when what was let in is answered, or out of time. */
    void close() {
        all.forEach(Entrance::close);
    }
}
