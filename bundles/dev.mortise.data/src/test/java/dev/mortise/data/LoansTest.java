// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import org.junit.jupiter.api.Test;

class LoansTest {
    private final Loans loans = new Loans();

    @Test
    void areNamedUntilTheyAreReturned() {
        Session session = session();

        loans.begin(session);
        assertThat(loans.count()).isOne();
        assertThat(loans.toString())
                .matches("by thread '" + Thread.currentThread().getName() + "' \\d+ s ago");

        session.returned();
        assertThat(loans.count()).isZero();
        assertThat(loans.toString()).isEmpty();
    }

    @Test
    void areOneForEachConnection() {
        loans.begin(session());
        loans.begin(session());

        assertThat(loans.count()).isEqualTo(2);
        assertThat(loans.toString()).containsSubsequence("by thread", ", by thread");
    }

    @Test
    void holdNoConnectionThatIsNoMore() {
        Session session = session();
        loans.begin(session);

        session.ended();

        assertThat(loans.count()).isZero();
    }

    private static Session session() {
        return new Session(ProxyType.of(Connection.class).proxy((self, method, arguments) -> {
            throw new UnsupportedOperationException(method.getName());
        }));
    }
}
