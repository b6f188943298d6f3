// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.admin;

import static dev.mortise.testkit.PluginBuilder.plugin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.data.Migration;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.intake.Artifact;
import dev.mortise.host.intake.Inspection;
import dev.mortise.kernel.admin.Upload;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.Trigger;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Nothing of a plugin's data goes without a word that confirms it, or while somebody works with it. */
class CaretakingTest {
    private static final PluginId SHOP = new PluginId("shop");
    private static final OptionalLong NEWEST = OptionalLong.empty();

    private final NotedOrders taker = new NotedOrders();
    private final NotedPluginData data = new NotedPluginData();
    private Optional<Orders> orders = Optional.of(taker);
    private final Caretaking care =
            new Caretaking(() -> orders, () -> HostSnapshot.EMPTY, Optional::empty, () -> Optional.of(data));
    private final MigrationOrders migrations = new MigrationOrders(care);
    private final BelongingOrders belongings = new BelongingOrders(care);

    @Test
    void takesBackWhatIsConfirmedByItsVersion() {
        for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of("1"), Optional.of("shop"))) {
            assertThatThrownBy(() -> migrations.down(SHOP, NEWEST, wrong))
                    .isInstanceOf(MortiseException.class)
                    .hasMessage(
                            "Nothing was changed. Migrations of plugin 'shop' that would be taken back: 2 (size). It"
                                    + " drops 't' with 3 rows. A version that brings them applies them again when it starts."
                                    + " Confirm it with the version of the newest one, 2.");
        }
        assertThat(data.orders).isEmpty();

        assertThat(migrations.down(SHOP, NEWEST, Optional.of("2")).newest()).isEqualTo(2);

        assertThat(data.orders).containsExactly("take back 2 of shop");
        assertThat(taker.asked).contains("disturbed shop");
    }

    @Test
    void leavesAloneWhatRunsOrIsNeeded() {
        taker.runs = Optional.of("Plugin 'shop' runs.");

        assertThatThrownBy(() -> migrations.down(SHOP, NEWEST, Optional.of("2")))
                .hasMessage("Plugin 'shop' runs.");
        assertThatThrownBy(() -> belongings.purge(SHOP, Optional.of("shop")))
                .hasMessage("Plugin 'shop' runs. Nothing was changed.");
        assertThat(data.orders).isEmpty();
    }

    @Test
    void purgesWhatIsConfirmedByTheId() {
        assertThatThrownBy(() -> belongings.purge(SHOP, Optional.empty()))
                .hasMessage("With plugin 'shop' go: schema p_shop without tables. Nothing was changed. There is no way"
                        + " back. Confirm it with the id 'shop'.");
        assertThatThrownBy(() -> belongings.purge(SHOP, Optional.of("shops"))).hasMessageContaining("Confirm it");
        assertThat(data.orders).isEmpty();

        belongings.purge(SHOP, Optional.of("shop"));
        assertThat(data.orders).containsExactly("purge shop");
    }

    @Test
    void saysWhenNothingIsKept() {
        data.empty = true;

        assertThatThrownBy(() -> belongings.purge(SHOP, Optional.of("shop")))
                .isInstanceOfSatisfying(
                        MortiseException.class, no -> assertThat(no.code()).isEqualTo(ErrorCode.PLUGIN_NOT_FOUND));
    }

    @Test
    void triesTheMigrationsOfAJarOut() {
        taker.inspection = new Inspection.Admitted(artifact(Set.of()));
        migrations.plan(upload(), true);
        assertThat(data.orders).containsExactly("rehearse shop 1.0.0 1 true");

        taker.inspection = new Inspection.Admitted(artifact(Set.of("dev.mortise.api.data.MigrationSource")));
        assertThatThrownBy(() -> migrations.plan(upload(), true))
                .hasMessageStartingWith("Plugin 'shop' brings its migrations by code, which does not run to try them.");
    }

    @Test
    void saysWhyAJarIsNoPlugin() {
        assertThatThrownBy(() -> migrations.plan(upload(), true)).hasMessage("x.jar is no bundle.");
    }

    @Test
    void answersInWordsWhileTheHostIsNotThere() {
        orders = Optional.empty();

        assertThatThrownBy(() -> belongings.purge(SHOP, Optional.of("shop")))
                .hasMessage("Mortise is starting or stopping. Try again in a moment.");
        assertThatThrownBy(() -> migrations.history(SHOP)).hasMessage("The database is not there yet. Try again.");
    }

    private static Artifact artifact(Set<String> services) {
        return new Artifact(
                new Digest("a".repeat(64)),
                Path.of("shop.jar"),
                plugin("shop").manifest(),
                List.of(Migration.expand(1, "one", "SELECT 1")),
                services,
                List.of());
    }

    private static Upload upload() {
        return new Upload("x.jar", new ByteArrayInputStream(new byte[0]), false, Trigger.API);
    }
}
