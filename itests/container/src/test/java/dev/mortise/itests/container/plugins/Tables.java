// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import dev.mortise.api.data.Migration;
import dev.mortise.api.data.MigrationSource;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Brings the migration of its plugin by code. */
@Component
public final class Tables implements MigrationSource {
    private final BundleContext context;
    private final Diary diary;

    /** Takes nothing of the platform, which comes later. */
    @Activate
    public Tables(BundleContext context, @Reference Diary diary) {
        this.context = context;
        this.diary = diary;
    }

    @Override
    public List<Migration> migrations() {
        boolean early = context.getServiceReference("javax.sql.DataSource") != null;
        diary.note("migrations are asked for " + (early ? "after" : "before") + " a DataSource came");
        return List.of(Migration.expand(1, "entries", new EntryTable(context).creation()));
    }
}
