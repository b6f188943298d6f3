// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.RuntimeState;
import dev.mortise.kernel.port.WorkerRecords.Entry;
import dev.mortise.kernel.port.WorkerRecords.Place;
import dev.mortise.kernel.port.WorkerRecords.Standing;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresWorkerRecordsTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private TestDatabase database;
    private PostgresWorkerRecords records;

    @BeforeEach
    void open() throws SQLException {
        database = TestDatabase.open();
        records = new PostgresWorkerRecords(database.opened());
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private static Entry entry(String nonce, Optional<String> tenant, Place place, RuntimeState state) {
        return new Entry(nonce, tenant, new PluginId("shop"), 0, place, new Standing(state, 2, NOON));
    }

    @Test
    void keepsWhatRunsWhere() {
        Entry starting = entry("a", Optional.of("acme"), new Place("node-1", 15_000, 0), RuntimeState.STARTING);
        Entry ready = entry("a", Optional.of("acme"), new Place("node-1", 15_000, 4711), RuntimeState.READY);
        Entry elsewhere = entry("b", Optional.empty(), new Place("node-2", 15_000, 1), RuntimeState.READY);

        records.put(starting);
        records.put(ready);
        records.put(elsewhere);

        assertThat(records.of("node-1")).containsExactly(ready);
        assertThat(records.of("node-2")).containsExactly(elsewhere);
        records.remove("a");
        records.remove("a");
        assertThat(records.of("node-1")).isEmpty();
    }

    @Test
    void letsAProcessHaveThePortOfOneThatIsGone() {
        records.put(entry("a", Optional.empty(), new Place("node-1", 15_000, 1), RuntimeState.READY));

        Entry next = entry("b", Optional.empty(), new Place("node-1", 15_000, 2), RuntimeState.READY);
        records.put(next);

        assertThat(records.of("node-1")).containsExactly(next);
    }
}
