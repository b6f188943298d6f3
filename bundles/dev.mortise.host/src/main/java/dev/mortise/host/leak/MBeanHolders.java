// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.management.InstanceNotFoundException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** MBeans of the plugin in the server of the platform. */
final class MBeanHolders implements LoaderHolder {
    @Override
    public List<String> holding(ClassLoader loader) {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        List<String> holders = new ArrayList<>();
        for (ObjectName name : server.queryNames(ObjectName.WILDCARD, null)) {
            bean(server, name, loader).ifPresent(holders::add);
        }
        return holders;
    }

    private static Optional<String> bean(MBeanServer server, ObjectName name, ClassLoader loader) {
        try {
            return server.getClassLoaderFor(name) == loader
                    ? Optional.of("MBean '" + name + "' ("
                            + server.getObjectInstance(name).getClassName() + ")")
                    : Optional.empty();
        } catch (InstanceNotFoundException unregistered) {
            return Optional.empty();
        }
    }
}
