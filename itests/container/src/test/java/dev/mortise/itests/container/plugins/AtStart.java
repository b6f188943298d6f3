// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Reads the table of its plugin in the first code of the plugin that ever runs. */
public final class AtStart implements BundleActivator {
    @Override
    public void start(BundleContext context) throws Exception {
        DataSource source = context.getService(context.getServiceReference(DataSource.class));
        String line = "at the start the table has " + new EntryTable(context).rows(source) + " row";
        context.registerService(Supplier.class, () -> List.of(line), null);
    }

    @Override
    public void stop(BundleContext context) {
        // the framework withdraws the service
    }
}
