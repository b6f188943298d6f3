// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

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
import java.util.List;
import java.util.Optional;

/** Which interface of JDBC an object is shown as: the most that it is, and no other. */
final class JdbcTypes {
    static final ProxyType<Connection> CONNECTION = ProxyType.of(Connection.class);
    private static final ProxyType<PreparedStatement> PREPARED = ProxyType.of(PreparedStatement.class);
    // the most that something can be comes first
    private static final List<ProxyType<?>> MOST_FIRST = List.of(
            CONNECTION,
            ProxyType.of(CallableStatement.class),
            PREPARED,
            ProxyType.of(Statement.class),
            ProxyType.of(ResultSet.class),
            ProxyType.of(DatabaseMetaData.class),
            ProxyType.of(ResultSetMetaData.class),
            ProxyType.of(ParameterMetaData.class),
            ProxyType.of(Blob.class),
            ProxyType.of(Clob.class),
            ProxyType.of(Array.class));

    /** By class: to ask whether something is of an interface that it is not takes the JVM long, each time. */
    private static final ClassValue<Optional<ProxyType<?>>> KNOWN = new ClassValue<>() {
        @Override
        protected Optional<ProxyType<?>> computeValue(Class<?> type) {
            if (type == CarryingStatement.class) {
                return Optional.of(PREPARED);
            }
            return MOST_FIRST.stream().filter(most -> most.shows(type)).findFirst();
        }
    };

    private JdbcTypes() {}

    /** Answers the type for a proxy of such an object; none when it leads to no connection. */
    static Optional<ProxyType<?>> of(Object object) {
        return KNOWN.get(object.getClass());
    }
}
