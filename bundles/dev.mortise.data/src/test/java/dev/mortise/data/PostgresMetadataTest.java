// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.MetadataState;
import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginMetadata;
import dev.mortise.kernel.port.MetadataStore.Change;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresMetadataTest {
    private static final PluginId SHOP = new PluginId("shop");
    private static final String COPY = "{\"id\": \"shop\"}";

    private TestDatabase database;
    private PostgresMetadata store;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        store = new PostgresMetadata(database.opened(), Duration.ofMillis(100));
    }

    @AfterEach
    void close() throws SQLException {
        store.stop();
        database.close();
    }

    private static Change change(String plugin, MetadataState state, Optional<String> error, Optional<String> copy) {
        PluginMetadata now = new PluginMetadata("1.0.0", new Digest("a".repeat(64)), state, Optional.empty(), error);
        return new Change(new PluginId(plugin), now, copy);
    }

    private PluginMetadata shop() {
        return store.all().get(SHOP);
    }

    @Test
    void keepsCopiesWithTheTimeOfTheServer() {
        store.put(List.of(change("shop", MetadataState.MISSING, Optional.empty(), Optional.empty())));
        assertThat(shop().state()).isEqualTo(MetadataState.MISSING);
        assertThat(shop().fetchedAt()).isEmpty();
        assertThat(store.copy(SHOP)).isEmpty();

        store.put(List.of(change("shop", MetadataState.FRESH, Optional.empty(), Optional.of(COPY))));

        assertThat(store.copy(SHOP)).contains(COPY);
        assertThat(shop().fetchedAt().orElseThrow())
                .isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(600));
    }

    @Test
    void keepsTheLastGoodCopy() {
        store.put(List.of(change("shop", MetadataState.FRESH, Optional.empty(), Optional.of(COPY))));
        Optional<Instant> fetched = shop().fetchedAt();

        store.put(List.of(change("shop", MetadataState.STALE, Optional.empty(), Optional.empty())));
        assertThat(shop().state()).isEqualTo(MetadataState.STALE);
        assertThat(store.copy(SHOP)).contains(COPY);

        store.put(List.of(change("shop", MetadataState.ERROR, Optional.of("It is no\0 JSON."), Optional.empty())));

        assertThat(shop().state()).isEqualTo(MetadataState.ERROR);
        assertThat(shop().fetchedAt()).isEqualTo(fetched);
        assertThat(shop().error()).contains("It is no\uFFFD JSON.");
        assertThat(store.copy(SHOP)).contains(COPY);
    }

    @Test
    void keepsAllChangesOrNone() {
        Change good = change("shop", MetadataState.FRESH, Optional.empty(), Optional.of(COPY));
        Change bad = change("other", MetadataState.FRESH, Optional.empty(), Optional.of("no json"));

        assertThatThrownBy(() -> store.put(List.of(good, bad))).isInstanceOf(MortiseException.class);

        assertThat(store.all()).isEmpty();
    }

    @Test
    void hearsOfWhatAnotherNodePut() {
        PostgresMetadata other = new PostgresMetadata(database.opened(), Duration.ofMinutes(1));
        try {
            other.put(List.of(change("shop", MetadataState.MISSING, Optional.empty(), Optional.empty())));
        } finally {
            other.stop();
        }
        await().until(() -> store.all().containsKey(SHOP));
    }
}
