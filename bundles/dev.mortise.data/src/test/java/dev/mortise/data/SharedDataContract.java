// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.shared.SharedFilter;
import dev.mortise.kernel.port.SharedDataStore.Done;
import dev.mortise.kernel.port.SharedDataStore.Nothing;
import dev.mortise.kernel.port.SharedDataStore.Page;
import dev.mortise.kernel.port.SharedDataStore.Space;
import dev.mortise.kernel.port.SharedDataStore.Stale;
import dev.mortise.kernel.port.SharedDataStore.Stored;
import dev.mortise.kernel.port.SharedDataStore.Write;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every store of shared data does with values. */
abstract class SharedDataContract extends SharedDataOwnersContract {
    @Test
    void answersWhatWasWrittenByteForByte() {
        String json = "{ \"b\" : [1.50, 1e400, 12345678901234567890123],\n\"a\":\"\\u0000 \\ud83d\\ude00 Zürich\"}";

        assertThat(set("eur", json)).isEqualTo(new Done(1, json));

        Stored stored = (Stored) read("eur");
        assertThat(stored.json()).isEqualTo(json);
        assertThat(stored.key()).isEqualTo("eur");
        assertThat(stored.owner()).isEqualTo("shop");
        assertThat(stored.version()).isEqualTo(1);
        assertThat(stored.expiresAt()).isEmpty();
    }

    @Test
    void takesNullForAValueAndKnowsItFromNothing() {
        set("eur", "null");

        assertThat(((Stored) read("eur")).json()).isEqualTo("null");
        assertThat(read("usd")).isEqualTo(new Nothing());
    }

    @Test
    void raisesTheVersionWithEachWriteAndTheRevisionToo() {
        set("eur", "1");
        long revision = ((Stored) read("eur")).revision();

        assertThat(set("eur", "2")).isEqualTo(new Done(2, "2"));

        assertThat(((Stored) read("eur")).revision()).isGreaterThan(revision);
    }

    @Test
    void comparesBeforeItSets() {
        assertThat(compareAndSet(1, "\"a\"")).isEqualTo(new Stale(0));
        assertThat(compareAndSet(0, "\"a\"")).isEqualTo(new Done(1, "\"a\""));
        assertThat(compareAndSet(0, "\"b\"")).isEqualTo(new Stale(1));
        assertThat(compareAndSet(1, "\"b\"")).isEqualTo(new Done(2, "\"b\""));
        assertThat(compareAndSet(1, "\"c\"")).isEqualTo(new Stale(2));
        assertThat(((Stored) read("eur")).json()).isEqualTo("\"b\"");
    }

    @Test
    void addsToNumbersAlone() {
        assertThat(increment(3)).isEqualTo(new Done(1, "3"));
        assertThat(increment(-5)).isEqualTo(new Done(2, "-2"));
        set("eur", String.valueOf(Long.MAX_VALUE));
        assertThat(code(increment(1))).isEqualTo(ErrorCode.CONFLICT);
        for (String other : List.of("\"3\"", "null", "1.5", "{}", "12345678901234567890123")) {
            set("eur", other);
            assertThat(code(increment(1))).as(other).isEqualTo(ErrorCode.CONFLICT);
            assertThat(((Stored) read("eur")).json()).isEqualTo(other);
        }
    }

    @Test
    void deletesAndBeginsAgain() {
        set("eur", "1");
        set("eur", "2");

        assertThat(store().delete(ACME.key("eur"), Optional.of("shop"))).isEqualTo(new Done(2, ""));

        assertThat(read("eur")).isEqualTo(new Nothing());
        assertThat(store().delete(ACME.key("eur"), Optional.of("shop"))).isEqualTo(new Stale(0));
        assertThat(store().set(ACME.key("eur"), new Write("crm", "3", Optional.empty())))
                .isEqualTo(new Done(1, "3"));
    }

    @Test
    void clearsWhatThePluginHasOrAllForAnAdministrator() {
        set("a", "1");
        set("b", "1");
        store().set(ACME.key("c"), new Write("crm", "1", Optional.empty()));

        assertThat(store().clear(ACME, Optional.of("shop"))).isEqualTo(2);
        assertThat(keys(SharedFilter.ALL)).containsExactly("c");
        assertThat(store().clear(ACME, Optional.empty())).isEqualTo(1);
        assertThat(keys(SharedFilter.ALL)).isEmpty();
    }

    @Test
    void listsByCodePointInPages() {
        for (String key : List.of("b", "a-2", "\uFFFD", "😀", "a-1", "B")) {
            set(key, "1");
        }
        store().set(ACME.key("a-3"), new Write("crm", "1", Optional.empty()));

        assertThat(keys(SharedFilter.ALL)).containsExactly("B", "a-1", "a-2", "a-3", "b", "\uFFFD", "😀");
        assertThat(keys(SharedFilter.ALL.startingWith("a-"))).containsExactly("a-1", "a-2", "a-3");
        assertThat(keys(SharedFilter.ALL.ownedBy("crm"))).containsExactly("a-3");
        Page page = store().list(ACME, Optional.of("shop"), SharedFilter.ALL.atMost(3));
        assertThat(page.entries()).extracting(Stored::key).containsExactly("B", "a-1", "a-2");
        assertThat(page.next()).contains("a-2");
        Page rest = store().list(ACME, Optional.of("shop"), SharedFilter.ALL.after("a-2"));
        assertThat(rest.entries()).extracting(Stored::key).containsExactly("a-3", "b", "\uFFFD", "😀");
        assertThat(rest.next()).isEmpty();
        assertThat(store().list(ACME, Optional.of("shop"), SharedFilter.ALL.atMost(7))
                        .next())
                .isEmpty();
    }

    @Test
    void looksForPrefixesAndNamesAsTheyAre() {
        for (String key : List.of("100%", "100_", "it's", "a\"b", "\\", "é", "e\u0301")) {
            set(key, "\"" + key.length() + "\"");
        }

        assertThat(keys(SharedFilter.ALL.startingWith("100_"))).containsExactly("100_");
        assertThat(((Stored) read("é")).json()).isEqualTo("\"1\"");
        assertThat(((Stored) read("e\u0301")).json()).isEqualTo("\"2\"");
    }

    @Test
    void takesOneMegabyteAndNotAByteMore() {
        String most = "\"" + "ä".repeat((1 << 19) - 1) + "\"";

        assertThat(set("eur", most)).isEqualTo(new Done(1, most));
        assertThat(((Stored) read("eur")).json()).isEqualTo(most);
        assertThat(code(set("eur", most + " "))).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
        assertThat(code(compareAndSet(1, most + " "))).isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE);
    }

    @Test
    void refusesHalfOfACharacterInAValue() {
        assertThat(code(set("eur", "\"\ud83d\""))).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(code(compareAndSet(0, "\"\ud83d\""))).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(read("eur")).isEqualTo(new Nothing());
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String name : List.of("", "a\0b", "a\nb", "\u007f", "\ud83d", "x\ude00", "k".repeat(256))) {
            assertThatThrownBy(() -> ACME.key(name))
                    .isInstanceOfSatisfying(
                            MortiseException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.VALIDATION_FAILED));
            assertThatThrownBy(() -> new Space(ACME.tenant(), name)).isInstanceOf(MortiseException.class);
        }
        String longest = "😀".repeat(255);
        Space space = new Space(ACME.tenant(), longest);
        assertThat(store().set(space.key(longest), new Write("shop", "1", Optional.empty())))
                .isEqualTo(new Done(1, "1"));
        assertThat(store().get(space.key(longest), Optional.of("shop"))).isInstanceOf(Stored.class);
    }
}
