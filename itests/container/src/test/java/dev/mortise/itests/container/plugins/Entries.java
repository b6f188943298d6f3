// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Reads the table of its plugin as soon as there is a DataSource. */
@Component(immediate = true, service = Entries.class)
public final class Entries {
    /** Reads. */
    @Activate
    public Entries(BundleContext context, @Reference DataSource source, @Reference Diary diary) throws SQLException {
        diary.note("the table has " + new EntryTable(context).rows(source) + " row");
    }
}
