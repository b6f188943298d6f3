// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ParameterMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JdbcTypesTest {
    @ParameterizedTest
    @ValueSource(
            classes = {
                Connection.class,
                CallableStatement.class,
                PreparedStatement.class,
                Statement.class,
                ResultSet.class,
                DatabaseMetaData.class,
                ResultSetMetaData.class,
                ParameterMetaData.class,
                Blob.class,
                Clob.class,
                Array.class
            })
    void areTheMostThatAnObjectIs(Class<?> type) {
        Object object = ProxyType.of(type).proxy((self, method, arguments) -> null);

        Object shown = JdbcTypes.of(object).orElseThrow().proxy((self, method, arguments) -> null);

        assertThat(shown.getClass().getInterfaces()).containsExactly(type);
    }

    @Test
    void areNoneForWhatLeadsToNoConnection() {
        assertThat(JdbcTypes.of("a value")).isEmpty();
    }
}
