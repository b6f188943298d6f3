// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.call.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;

/**
 * Does something with rows of a tenant as the owner of a plugin's schema, in a transaction of the core: inside a function of
 * the owner, where the server refuses every change of the role. After a mere SET ROLE, triggers of the plugin could take the
 * core's rights back, and those that are deferred would have them at the commit. Nobody ever sees the function.
 */
record OwnerFunction(String schema, String owner) {
    private static final String CREATE = """
            SET LOCAL ROLE {owner};
            CREATE FUNCTION {name}(text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema} AS {quote}
            #variable_conflict use_column
            DECLARE mortise_rows bigint;
            BEGIN
                {statement} INTO mortise_rows;
                SET CONSTRAINTS ALL IMMEDIATE;
                RETURN mortise_rows;
            END {quote};
            """;
    // the plugin's triggers find its tables as they do in its own sessions, and in them rows of this tenant alone
    private static final String FOR_TENANT = "SELECT set_config('mortise.tenant', ?, true)";
    private static final String DROP = "DROP FUNCTION {name}(text); RESET ROLE";

    /** Answers the number that a statement selects; it has the tenant as {@code $1}, and no FROM of its own. */
    long run(Connection connection, TenantId tenant, String statement) throws SQLException {
        // no plugin can make one that is called so, nor a column whose name ends the text of the function
        UUID unique = UUID.randomUUID();
        String name = schema + ".\"mortise " + unique + "\"";
        String quote = "$mortise_" + unique.toString().replace('-', '_') + "$";
        Sql.text(connection, FOR_TENANT, tenant.value());
        Sql.execute(
                connection,
                CREATE.replace("{owner}", owner)
                        .replace("{name}", name)
                        .replace("{schema}", schema)
                        .replace("{quote}", quote)
                        .replace("{statement}", statement));
        long rows = Long.parseLong(Sql.text(connection, "SELECT " + name + "(?)", tenant.value()));
        Sql.execute(connection, DROP.replace("{name}", name));
        return rows;
    }
}
