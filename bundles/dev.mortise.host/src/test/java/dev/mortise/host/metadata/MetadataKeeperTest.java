// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.MortiseException;
import dev.mortise.host.deploy.HostSnapshot;
import dev.mortise.host.deploy.HostSnapshot.RouteView;
import dev.mortise.host.deploy.HostSnapshot.ToolView;
import dev.mortise.host.deploy.HostSnapshot.VersionView;
import dev.mortise.json.SchemaManifestReader;
import dev.mortise.json.SchemaMetadataReader;
import dev.mortise.kernel.admin.Metadata.Copy;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.JsonText;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.MetadataReader.Result;
import dev.mortise.testkit.PluginBuilder;
import dev.mortise.testkit.call.TestJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MetadataKeeperTest {
    private static final PluginId SHOP = new PluginId("shop");

    private final MapMetadataStore store = new MapMetadataStore();
    private final BundleMetadata bundles =
            new BundleMetadata(TestJson.json(), new SchemaMetadataReader(new SchemaManifestReader()));
    private final List<String> asked = new ArrayList<>();
    private HostSnapshot deployed = HostSnapshot.EMPTY;
    private Optional<Result> answer = Optional.empty();
    private boolean nobodyThere;
    private final MetadataKeeper keeper = new MetadataKeeper(() -> deployed, () -> Optional.of(store), this::read);

    private Optional<Result> read(VersionView view) {
        asked.add(view.version().text());
        return nobodyThere ? Optional.empty() : Optional.of(answer.orElseGet(() -> bundles.read(view)));
    }

    private void deploy(String version, char jar, PluginState state, int second) {
        VersionView view = new VersionView(
                SHOP,
                new Version(version),
                new Digest(String.valueOf(jar).repeat(64)),
                Optional.of(PluginBuilder.plugin("shop").version(version).manifest()),
                state,
                "",
                Instant.ofEpochSecond(second),
                List.of(),
                List.of(),
                List.of(),
                true,
                "bundle",
                List.of(new RouteView("GET", "/things")),
                List.of(new ToolView("find", "Finds.", "{\"type\":\"object\"}", Set.of("shop.read"))),
                0);
        deployed = new HostSnapshot(1, Map.of(SHOP, List.of(view)), List.of());
        keeper.look();
    }

    private String state() {
        return keeper.find(SHOP).state();
    }

    @Test
    void readsWhatAPluginSaysWhenItFirstRunsAndThenNoMore() {
        deploy("1.0.0", 'a', PluginState.WAITING, 1);
        assertThat(state()).isEqualTo("missing");
        assertThat(asked).isEmpty();

        deploy("1.0.0", 'a', PluginState.READY, 2);
        deploy("1.0.0", 'a', PluginState.DEGRADED, 3);

        Copy copy = keeper.find(SHOP);
        assertThat(copy.state()).isEqualTo("fresh");
        assertThat(copy.sha256()).isEqualTo("a".repeat(64));
        assertThat(copy.metadata().map(JsonText::text).orElseThrow())
                .contains("\"id\":\"shop\"")
                .contains("\"routes\":[{\"method\":\"GET\",\"path\":\"/things\"}]")
                .contains("\"tools\":[{\"name\":\"find\",\"description\":\"Finds.\","
                        + "\"inputSchema\":{\"type\":\"object\"},\"permissions\":[\"shop.read\"]}]")
                .contains("\"protocol\":1");
        assertThat(asked).containsExactly("1.0.0");
        assertThat(store.puts).isEqualTo(2);
    }

    @Test
    void keepsTheStaleCopyUntilTheNextJarRuns() {
        deploy("1.0.0", 'a', PluginState.READY, 1);
        Optional<JsonText> before = keeper.find(SHOP).metadata();

        deploy("2.0.0", 'b', PluginState.WAITING, 2);
        assertThat(state()).isEqualTo("stale");
        assertThat(keeper.find(SHOP).metadata()).isEqualTo(before);
        assertThat(keeper.find(SHOP).version()).isEqualTo("2.0.0");

        deploy("2.0.0", 'b', PluginState.READY, 3);
        assertThat(state()).isEqualTo("fresh");
        assertThat(keeper.find(SHOP).metadata().map(JsonText::text).orElseThrow())
                .contains("2.0.0");
    }

    @Test
    void keepsTheGoodCopyWhenReadingFailsAndTriesAgainAtTheNextStart() {
        deploy("1.0.0", 'a', PluginState.READY, 1);
        Optional<JsonText> before = keeper.find(SHOP).metadata();
        answer = Optional.of(new Result.Bad("It is no JSON."));

        deploy("2.0.0", 'b', PluginState.READY, 2);
        deploy("2.0.0", 'b', PluginState.READY, 2);

        assertThat(state()).isEqualTo("error");
        assertThat(keeper.find(SHOP).error()).contains("It is no JSON.");
        assertThat(keeper.find(SHOP).metadata()).isEqualTo(before);
        assertThat(asked).containsExactly("1.0.0", "2.0.0");
        answer = Optional.empty();
        deploy("2.0.0", 'b', PluginState.READY, 3);
        assertThat(state()).isEqualTo("fresh");
        assertThat(keeper.find(SHOP).error()).isEmpty();
    }

    @Test
    void waitsWhileNobodyCanBeAsked() {
        nobodyThere = true;
        deploy("1.0.0", 'a', PluginState.READY, 1);
        assertThat(state()).isEqualTo("missing");
        assertThatThrownBy(() -> keeper.refresh(SHOP))
                .hasMessage(
                        "No process of plugin 'shop' runs, so it says nothing of itself. Its metadata is read when one is started.");

        nobodyThere = false;
        keeper.look();

        assertThat(state()).isEqualTo("fresh");
    }

    @Test
    void readsAgainWhenItIsTold() {
        deploy("1.0.0", 'a', PluginState.READY, 1);

        assertThat(keeper.refresh(SHOP).state()).isEqualTo("fresh");

        assertThat(asked).hasSize(2);
    }

    @Test
    void readsNothingOfWhatDoesNotRun() {
        deploy("1.0.0", 'a', PluginState.WAITING, 1);

        assertThatThrownBy(() -> keeper.refresh(SHOP))
                .isInstanceOf(MortiseException.class)
                .hasMessage(
                        "Plugin 'shop' is WAITING, so it says nothing of itself. Its metadata is read when it runs.");
        assertThatThrownBy(() -> keeper.find(new PluginId("nobody")))
                .hasMessage("There is no metadata of a plugin 'nobody'.");
    }
}
