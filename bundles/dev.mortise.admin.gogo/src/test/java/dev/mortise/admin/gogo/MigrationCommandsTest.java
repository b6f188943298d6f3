// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.Migrations;
import dev.mortise.testkit.admin.NotedBelongings;
import dev.mortise.testkit.admin.NotedMigrations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MigrationCommandsTest {
    private final Shell shell = new Shell();
    private final NotedMigrations migrations = new NotedMigrations();
    private final NotedBelongings belongings = new NotedBelongings();

    MigrationCommandsTest() {
        shell.migrations.bindMigrations(migrations);
        shell.deployments.bindBelongings(belongings);
    }

    @Test
    void listsWhatWasAppliedAndWhatWasCutOff() {
        assertThat(shell.type("migration list inventory")).isEqualTo("""
                VERSION  DESCRIPTION  PHASE   KIND           DOWN  CHECKSUM      APPLIED
                1        products     expand  transactional  yes   0123456789ab  2h
                Migration 2 (index) was begun 2h ago and cut off. The next start of the plugin finishes it.""");
        assertThat(shell.type("migration list crm")).isEqualTo("No migration of plugin 'crm' was applied.");
        assertThat(shell.execute("migration list crm")).isInstanceOf(Migrations.History.class);
    }

    @Test
    void showsWhatRuns() {
        assertThat(shell.type("migration running")).isEqualTo("""
                Running:
                  inventory 2 index, for 42 s (pid 4711): building index: scanning table 34 %, waits for pid 12 of role mortise""");
    }

    @Test
    void triesAJarOutOrOnlyReadsIt(@TempDir Path folder) throws IOException {
        Path jar = Files.writeString(folder.resolve("x.jar"), "x");

        assertThat(shell.type("migration plan " + jar)).isEqualTo("""
                inventory 1.1.0
                2 index, expand, concurrent: read:
                  CREATE INDEX CONCURRENTLY i ON t (a)
                It was only read: nothing was run.""");
        assertThat(migrations.ordered()).isEqualTo("plan x.jar and run");
        shell.type("migration plan --read " + jar);
        assertThat(migrations.ordered()).isEqualTo("plan x.jar and read");
        assertThat(shell.type("migration plan nowhere.jar")).startsWith("There is no file '");
    }

    @Test
    void takesBackWhatIsConfirmed() {
        assertThat(shell.type("migration down inventory"))
                .isEqualTo("Confirm it with the version of the newest one, 2.");
        assertThat(migrations.ordered()).isEmpty();

        assertThat(shell.type("migration down inventory --keep 1 --confirm 2"))
                .isEqualTo("Taken back of plugin 'inventory': 2 (index).");
        assertThat(migrations.ordered()).isEqualTo("down inventory to 1");
        assertThat(shell.type("migration down inventory --keep x")).startsWith("'x' is no version of a migration.");
    }

    @Test
    void purgesWhatIsConfirmed() {
        assertThat(shell.type("uninstall inventory --purge")).isEqualTo("Confirm it with the id 'inventory'.");
        assertThat(belongings.purged()).isEmpty();

        assertThat(shell.type("uninstall inventory --purge --confirm inventory"))
                .isEqualTo("Purged: schema p_inventory (p_inventory__items: 3 rows, 16 kB),"
                        + " role m01234567_inventory_app, 2 values of shared data.");
        assertThat(belongings.purged()).isEqualTo("inventory");
        assertThat(shell.type("uninstall Not_An_Id --purge")).startsWith("There is no plugin 'Not_An_Id'.");
    }

    @Test
    void tellsHowItIsUsed() {
        assertThat(List.of(shell.type("migration"), shell.type("migration burn x")))
                .containsOnly("Usage: migration list <id>; migration running; migration plan <file> [--read];"
                        + " migration down <id> [--keep <version>] [--confirm <version>]");
        assertThat(shell.type("uninstall --purge")).isEqualTo("Usage: uninstall <id> --purge [--confirm <id>]");
        assertThat(shell.type("uninstall x --confirm x")).startsWith("'--confirm' is no option here.");
    }
}
