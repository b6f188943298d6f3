// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.port.OAuthStore.Claim;
import dev.mortise.kernel.port.OAuthStore.Grant;
import dev.mortise.kernel.port.OAuthStore.Seen;
import dev.mortise.kernel.port.OAuthStore.Trouble;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Rows of {@code mortise.oauth_grant} as values. */
final class OAuthRows {
    /** What {@link #grant} reads, in its order, and what time it is. */
    static final String COLUMNS = "method_id, access, refresh, scopes, refresh_at, expires_at, renewed_at,"
            + " trouble, trouble_at, retry_at, clock_timestamp()";

    private OAuthRows() {}

    static Seen seen(ResultSet row) throws SQLException {
        return new Seen(grant(row), time(row, 11).orElseThrow());
    }

    static Claim claim(ResultSet row) throws SQLException {
        return new Claim(row.getString("claim"), grant(row));
    }

    private static Grant grant(ResultSet row) throws SQLException {
        return new Grant(
                row.getString(1),
                row.getString(2),
                Optional.ofNullable(row.getString(3)),
                scopes(row),
                time(row, 5),
                time(row, 6),
                time(row, 7).orElseThrow(),
                trouble(row));
    }

    private static List<String> scopes(ResultSet row) throws SQLException {
        return Arrays.asList((String[]) row.getArray(4).getArray());
    }

    private static Optional<Trouble> trouble(ResultSet row) throws SQLException {
        String sentence = row.getString(8);
        return sentence == null
                ? Optional.empty()
                : Optional.of(new Trouble(sentence, time(row, 9).orElseThrow(), time(row, 10)));
    }

    private static Optional<Instant> time(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** Answers about how many bytes tokens take in memory. */
    static long weight(Grant grant) {
        return 2L
                * (grant.access().length() + grant.refresh().map(String::length).orElse(0));
    }
}
