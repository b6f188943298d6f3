// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;

/** Which interface of JDBC an object is shown as: the most that it is, and no other. */
final class JdbcTypes {
    private static final List<Class<?>> MOST_FIRST = List.of(
            CallableStatement.class,
            PreparedStatement.class,
            Statement.class,
            ResultSet.class,
            DatabaseMetaData.class,
            Array.class);

    private JdbcTypes() {}

    /** Tells whether a connection can be reached through the object. */
    static boolean leadBack(Object object) {
        return MOST_FIRST.stream().anyMatch(type -> type.isInstance(object));
    }

    /** Answers the interface for a proxy of such an object. */
    static Class<?>[] of(Object object) {
        return MOST_FIRST.stream()
                .filter(type -> type.isInstance(object))
                .limit(1)
                .toArray(Class<?>[]::new);
    }
}
