// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.sql.Connection;
import java.sql.SQLException;

/** Tells writes that found no tenant from writes that somebody else was faster than. */
final class Tenants {
    private static final String THERE = "SELECT id FROM mortise.tenant WHERE id = ?";

    private Tenants() {}

    /**
     * Ends what is done for a tenant that is not there.
     *
     * @throws MortiseException NOT_FOUND
     */
    static void require(Connection connection, TenantId tenant) throws SQLException {
        if (Sql.first(connection, row -> row.getString(1), THERE, tenant.value())
                .isEmpty()) {
            throw new MortiseException(ErrorCode.NOT_FOUND, "There is no tenant '" + tenant + "'.");
        }
    }
}
