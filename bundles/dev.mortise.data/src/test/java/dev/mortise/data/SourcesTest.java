// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class SourcesTest {
    private final DataSource source = Sources.of("The source", () -> {
        throw new SQLException("It is away.");
    });

    @Test
    void giveAPoolTimeToEndItsThreads() throws SQLException {
        assertThat(source.getLoginTimeout()).isPositive();
    }

    @Test
    void openConnectionsOfOneUserOnly() {
        assertThatThrownBy(source::getConnection).hasMessage("It is away.");
        assertThatThrownBy(() -> source.getConnection("other", "secret"))
                .isInstanceOf(SQLFeatureNotSupportedException.class)
                .hasMessage("The source has one user of its own.");
        assertThat(source).hasToString("The source");
    }
}
