// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.container;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import dev.mortise.itests.container.plugins.AfterMigration;
import dev.mortise.itests.container.plugins.AtStart;
import dev.mortise.itests.container.plugins.Diary;
import dev.mortise.itests.container.plugins.Entries;
import dev.mortise.itests.container.plugins.EntryTable;
import dev.mortise.itests.container.plugins.Tables;
import java.io.IOException;
import java.util.List;
import javax.inject.Inject;
import org.junit.Test;
import org.junit.runner.RunWith;
import org.ops4j.pax.exam.Configuration;
import org.ops4j.pax.exam.Option;
import org.ops4j.pax.exam.junit.PaxExam;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;
import org.osgi.framework.BundleContext;

@RunWith(PaxExam.class)
@ExamReactorStrategy(PerClass.class)
public class MigrationIT {
    private static final String JOURNAL =
            "CREATE TABLE p_journal__entries (id int PRIMARY KEY); INSERT INTO p_journal__entries VALUES (1);";
    private static final String CONDITION = "org.osgi.service.condition.Condition came";
    private static final List<String> SERVICES = List.of(
            "javax.sql.DataSource came",
            "dev.mortise.api.service.ServiceClient came",
            "dev.mortise.api.json.Json came",
            "dev.mortise.api.call.PluginExecutor came",
            "dev.mortise.api.call.CallContexts came",
            "dev.mortise.api.call.Tenants came");

    @Inject
    private BundleContext probe;

    @Configuration
    public Option[] edition() throws IOException {
        var ledger = plugin("ledger")
                .jar()
                .withClasses(Diary.class, Tables.class, Entries.class, AfterMigration.class, EntryTable.class);
        var journal = plugin("journal")
                .jar()
                .withMigration("1__entries.sql", JOURNAL)
                .withClasses(AtStart.class, EntryTable.class)
                .withHeader("Bundle-Activator", AtStart.class.getName());
        Home home = Home.of(MigrationIT.class).with("ledger.jar", ledger).with("journal.jar", journal);
        return new Option[] {Edition.boot("standard", home)};
    }

    @Test
    public void aPluginThatBringsAMigrationSourceGetsTheServicesAfterItsMigrations() throws Exception {
        BootedContainer container = new BootedContainer(probe);
        container.awaitReady("ledger");

        List<String> diary = container.awaitLine("ledger", "1.0.0", "the table has 1 row");

        assertEquals("migrations are asked for before a DataSource came", diary.get(0));
        assertTrue(diary.toString(), diary.containsAll(SERVICES));
    }

    @Test
    public void theConditionThatTablesAreThereComesLast() throws Exception {
        BootedContainer container = new BootedContainer(probe);
        container.awaitReady("ledger");

        List<String> diary = container.awaitLine("ledger", "1.0.0", "the condition holds");

        List<String> came =
                diary.stream().filter(line -> line.endsWith(" came")).toList();
        assertEquals(CONDITION, came.get(came.size() - 1));
        assertTrue(diary.toString(), diary.indexOf("the table has 1 row") < diary.indexOf("the condition holds"));
    }

    @Test
    public void aPluginWithMigrationFilesIsMigratedBeforeItsBundleStarts() throws Exception {
        BootedContainer container = new BootedContainer(probe);
        container.awaitReady("journal");

        assertEquals(
                List.of("at the start the table has 1 row"),
                container.awaitLine("journal", "1.0.0", "at the start the table has 1 row"));
    }
}
