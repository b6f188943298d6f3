// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;

/** Which interface of JDBC an object is shown as: the most that it is, and no other. */
final class JdbcTypes {
    private static final Class<?>[] NONE = {};
    // The most that something can be comes first. One array each, because every statement of a plugin asks.
    private static final Class<?>[][] MOST_FIRST = {
        {CallableStatement.class},
        {PreparedStatement.class},
        {Statement.class},
        {ResultSet.class},
        {DatabaseMetaData.class},
        {Array.class}
    };

    private JdbcTypes() {}

    /** Tells whether a connection can be reached through the object. */
    static boolean leadBack(Object object) {
        return of(object).length > 0;
    }

    /** Answers the interface for a proxy of such an object, which nobody changes; none when it leads nowhere. */
    static Class<?>[] of(Object object) {
        for (Class<?>[] type : MOST_FIRST) {
            if (type[0].isInstance(object)) {
                return type;
            }
        }
        return NONE;
    }
}
