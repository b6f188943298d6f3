// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.SharedDataStore;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;

class PostgresSharedDataTest {
    private abstract static class OnServer extends SharedDataContract {
        private SharedFixture fixture;

        abstract TestServer server();

        @BeforeEach
        void open() throws SQLException {
            fixture = new SharedFixture(server(), SharedLimits.DEFAULT);
        }

        @AfterEach
        void close() throws SQLException {
            if (fixture != null) {
                fixture.close();
            }
        }

        @Override
        SharedDataStore store() {
            return fixture.store();
        }

        @Override
        void narrow(Set<String> readers) {
            fixture.parts.readers().begin(Plugins.narrowing("shop", ACME.namespace(), readers));
            fixture.parts.readers().record();
        }

        @Override
        void expired(Place place, String owner) {
            store().set(place, new Write(owner, "1", Optional.of(Duration.ofHours(1))));
            try {
                fixture.database.execute("UPDATE mortise.shared_data SET expires_at = clock_timestamp() WHERE key = '"
                        + place.name() + "'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Nested
    class OnTheServerThatMortiseBrings extends OnServer {
        @Override
        TestServer server() {
            return TestServer.embedded();
        }
    }

    @Nested
    class OnTheOldestServer extends OnServer {
        @Override
        TestServer server() {
            Assumptions.assumeTrue(TestServer.debian().isPresent());
            return TestServer.debian().orElseThrow();
        }
    }
}
