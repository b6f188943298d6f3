// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.OAuthStore.Request;
import dev.mortise.kernel.port.SettingsStore.Place;
import java.time.Duration;
import java.util.Optional;

/** The requests for tokens that are under way; each is there once, for whoever began it. */
record OAuthRequests(PooledDatabase database) {
    private static final String FORGET = "DELETE FROM mortise.oauth_request WHERE expires_at <= clock_timestamp()";
    private static final String BEGIN = """
            INSERT INTO mortise.oauth_request
                   (state_hash, tenant_id, plugin_id, method_id, caller, redirect_uri, verifier, expires_at)
            SELECT ?, ?, ?, ?, ?, ?, ?, clock_timestamp() + ? * interval '1 ms'
             WHERE (SELECT count(*) FROM mortise.oauth_request WHERE tenant_id = ? AND plugin_id = ?) < ?
            """;
    private static final String TAKE = """
            DELETE FROM mortise.oauth_request
             WHERE state_hash = ? AND tenant_id = ? AND plugin_id = ? AND caller = ? AND expires_at > clock_timestamp()
            RETURNING method_id, redirect_uri, verifier
            """;

    void begin(Request request, Duration life, int most) {
        Place place = request.place();
        int rows = database.transaction("a request for tokens is being kept", connection -> {
            Sql.execute(connection, FORGET);
            return Sql.update(
                    connection,
                    BEGIN,
                    request.stateHash(),
                    place.tenant().value(),
                    place.plugin().value(),
                    request.methodId(),
                    request.caller(),
                    request.redirectUri(),
                    request.verifier(),
                    life.toMillis(),
                    place.tenant().value(),
                    place.plugin().value(),
                    most);
        });
        if (rows == 0) {
            throw new MortiseException(
                    ErrorCode.RATE_LIMITED,
                    ("%d requests to connect plugin '%s' of tenant '%s' are under way, and no more are kept."
                                    + " End one of them, or wait until they are %d s old.")
                            .formatted(most, place.plugin(), place.tenant(), life.toSeconds()));
        }
    }

    Optional<Request> take(String stateHash, Place place, String caller) {
        return database.call(
                "a request for tokens is being taken",
                connection -> Sql.first(
                        connection,
                        row -> new Request(
                                stateHash, place, row.getString(1), caller, row.getString(2), row.getString(3)),
                        TAKE,
                        stateHash,
                        place.tenant().value(),
                        place.plugin().value(),
                        caller));
    }
}
