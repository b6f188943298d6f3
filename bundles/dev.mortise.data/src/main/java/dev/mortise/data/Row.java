// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads one row. */
@FunctionalInterface
interface Row<T> {
    T read(ResultSet row) throws SQLException;
}
