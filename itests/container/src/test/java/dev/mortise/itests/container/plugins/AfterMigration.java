// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container.plugins;

import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.condition.Condition;

/** Waits for the condition that the tables are there. */
@Component(immediate = true, service = AfterMigration.class)
public final class AfterMigration {
    /** Takes the condition. */
    @Activate
    public AfterMigration(
            @Reference(target = "(osgi.condition.id=mortise.migrated)") Condition migrated, @Reference Diary diary) {
        diary.note("the condition holds");
    }
}
