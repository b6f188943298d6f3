// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.kernel.port.SharedDataStore.Done;
import dev.mortise.kernel.port.SharedDataStore.Nothing;
import dev.mortise.kernel.port.SharedDataStore.Outcome;
import dev.mortise.kernel.port.SharedDataStore.Place;
import dev.mortise.kernel.port.SharedDataStore.Refused;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Stale;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may do what in every store of shared data, and for how long. */
abstract class SharedDataOwnersContract extends SharedDataSteps {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void keepsTenantsNamespacesAndKeysApart() {
        set("eur", "1");

        assertThat(store().get(BETA.key("eur"), Optional.of("shop"))).isEqualTo(new Nothing());
        assertThat(store().get(new Space(ACME.tenant(), "shop.other").key("eur"), Optional.of("shop")))
                .isEqualTo(new Nothing());
        assertThat(store().list(BETA, Optional.empty(), SharedFilter.ALL).entries())
                .isEmpty();
        assertThat(store().delete(BETA.key("eur"), Optional.empty())).isEqualTo(new Stale(0));
        assertThat(store().clear(BETA, Optional.empty())).isZero();
        assertThat(store().increment(BETA.key("eur"), "crm", 5, Optional.empty()))
                .isEqualTo(new Done(1, "5"));
        assertThat(((Stored) read("eur")).json()).isEqualTo("1");
    }

    @Test
    void letsOnlyTheFirstWriterWriteAndDelete() {
        set("eur", "1");
        Place eur = ACME.key("eur");
        Write foreign = new Write("crm", "2", Optional.empty());

        for (Outcome outcome : List.of(
                store().set(eur, foreign),
                store().compareAndSet(eur, 1, foreign),
                store().increment(eur, "crm", 1, Optional.empty()),
                store().delete(eur, Optional.of("crm")))) {
            assertThat(outcome).isInstanceOfSatisfying(Refused.class, refused -> {
                assertThat(refused.code()).isEqualTo(ErrorCode.PERMISSION_DENIED);
                assertThat(refused.detail())
                        .isEqualTo("Key 'eur' of namespace 'shop.rates' belongs to plugin 'shop', which wrote it first;"
                                + " plugin 'crm' can't change it. Use a key of its own.");
            });
        }
        assertThat(store().clear(ACME, Optional.of("crm"))).isZero();
        assertThat(((Stored) read("eur")).json()).isEqualTo("1");
    }

    @Test
    void letsAllReadUnlessTheOwnerNamesWho() {
        set("eur", "1");
        assertThat(store().get(ACME.key("eur"), Optional.of("crm"))).isInstanceOf(Stored.class);

        narrow(Set.of("reports"));

        assertThat(store().get(ACME.key("eur"), Optional.of("crm")))
                .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.detail())
                        .isEqualTo("Key 'eur' of namespace 'shop.rates' is not for plugin 'crm': 'sharedData' in"
                                + " plugin.json of 'shop', its owner, names who reads it."));
        assertThat(store().list(ACME, Optional.of("crm"), SharedFilter.ALL).entries())
                .isEmpty();
        for (Optional<String> reader : List.of(Optional.of("reports"), Optional.of("shop"), Optional.<String>empty())) {
            assertThat(store().get(ACME.key("eur"), reader)).isInstanceOf(Stored.class);
            assertThat(store().list(ACME, reader, SharedFilter.ALL).entries()).hasSize(1);
        }
        assertThat(store().set(ACME.key("crm"), new Write("crm", "1", Optional.empty())))
                .isEqualTo(new Done(1, "1"));
        assertThat(store().get(ACME.key("crm"), Optional.of("nobody"))).isInstanceOf(Stored.class);
    }

    @Test
    void refusesTimesThatAreNone() {
        for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(40_000))) {
            assertThat(code(store().set(ACME.key("eur"), new Write("shop", "1", Optional.of(none)))))
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
            assertThat(code(store().increment(ACME.key("eur"), "shop", 1, Optional.of(none))))
                    .isEqualTo(ErrorCode.VALIDATION_FAILED);
        }
    }

    @Test
    void knowsNothingOfWhatHasExpired() {
        expired(ACME.key("eur"), "crm");

        assertThat(read("eur")).isEqualTo(new Nothing());
        assertThat(keys(SharedFilter.ALL)).isEmpty();
        assertThat(store().delete(ACME.key("eur"), Optional.of("crm"))).isEqualTo(new Stale(0));
        assertThat(store().clear(ACME, Optional.of("crm"))).isZero();
    }

    @Test
    void letsTheNextWriterHaveWhatHasExpired() {
        expired(ACME.key("a"), "crm");
        expired(ACME.key("eur"), "crm");
        expired(ACME.key("c"), "crm");
        expired(ACME.key("d"), "crm");

        assertThat(set("a", "1")).isEqualTo(new Done(1, "1"));
        assertThat(compareAndSet(0, "1")).isEqualTo(new Done(1, "1"));
        assertThat(store().increment(ACME.key("c"), "shop", 7, Optional.empty()))
                .isEqualTo(new Done(1, "7"));
        assertThat(store().compareAndSet(ACME.key("d"), 1, new Write("crm", "1", Optional.empty())))
                .isEqualTo(new Stale(0));
        assertThat(store().list(ACME, Optional.empty(), SharedFilter.ALL).entries())
                .allMatch(stored -> stored.owner().equals("shop"));
    }

    @Test
    void keepsTheWindowOfACounter() {
        store().increment(ACME.key("eur"), "shop", 1, Optional.of(LONG));
        Optional<?> end = ((Stored) read("eur")).expiresAt();

        store().increment(ACME.key("eur"), "shop", 1, Optional.of(LONG.multipliedBy(2)));

        assertThat(end).isPresent();
        assertThat(((Stored) read("eur")).expiresAt()).isEqualTo(end);
    }

    @Test
    void forgetsTheTimeToLiveOfWhatIsSetWithoutOne() {
        store().set(ACME.key("eur"), new Write("shop", "1", Optional.of(LONG)));
        assertThat(((Stored) read("eur")).expiresAt()).isPresent();

        set("eur", "2");

        assertThat(((Stored) read("eur")).expiresAt()).isEmpty();
    }
}
