// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class LoansTest {
    private final Loans loans = new Loans();
    private final AtomicBoolean closed = new AtomicBoolean();

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
        loans.begin(session());
        closed.set(true);

        loans.begin(new Session(connection(new AtomicBoolean())));

        assertThat(loans.count()).isOne();
    }

    private Session session() {
        return new Session(connection(closed));
    }

    private static Connection connection(AtomicBoolean closed) {
        return ProxyType.of(Connection.class).proxy((self, method, arguments) -> switch (method.getName()) {
            case "isClosed" -> closed.get();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }
}
