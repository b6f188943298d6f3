// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.kernel.model.PluginId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private final Names names = new Names(new PluginId("worker-token"));

    @Test
    void followFromTheId() {
        assertThat(names.schema()).isEqualTo("p_worker_token");
        assertThat(names.tablePrefix()).isEqualTo("p_worker_token__");
        assertThat(names.pattern()).isEqualTo("^(idx_)?p_worker_token__[a-z0-9_]+$");
        assertThat(names.ownerRole("0badcafe")).isEqualTo("m0badcafe_worker_token_owner");
        assertThat(names.appRole("0badcafe")).isEqualTo("m0badcafe_worker_token_app");
    }

    @Test
    void fitIntoPostgresForTheLongestId() {
        Names longest = new Names(new PluginId("a".repeat(30)));

        assertThat(longest.ownerRole("0badcafe")).hasSizeLessThanOrEqualTo(Names.LONGEST);
        assertThat(longest.tablePrefix()).hasSizeLessThan(Names.LONGEST_OWN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0badcaf", "0badcafe1", "0BADCAFE", "0badcaf'", "../../.."})
    void takeNoOtherDatabaseId(String database) {
        assertThatThrownBy(() -> names.ownerRole(database)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "p_worker_token__tokens,true",
        "idx_p_worker_token__tokens_prefix,true",
        "p_worker_token__tokens_pkey,true",
        "p_worker_token__1,true",
        "tokens,false",
        "p_worker_token__,false",
        "p_worker_token_tokens,false",
        "p_worker__tokens,false",
        "idx_idx_p_worker_token__a,false",
        "P_WORKER_TOKEN__TOKENS,false",
        "p_worker_token__Tokens,false",
        "p_worker_token__t-1,false",
        "'p_worker_token__a\nb',false",
        "'p_worker_token__a\n',false",
        "x.p_worker_token__a,false",
    })
    void tellWhatBelongsToThePlugin(String name, boolean own) {
        assertThat(names.owns(name)).isEqualTo(own);
    }

    @Test
    void leaveRoomForWhatPostgresDerives() {
        String fifty5 =
                names.tablePrefix() + "a".repeat(55 - names.tablePrefix().length());

        assertThat(names.ownsAsGiven(fifty5)).isTrue();
        assertThat(names.ownsAsGiven(fifty5 + "a")).isFalse();
        assertThat(names.owns(fifty5 + "_id_seq1")).isTrue();
        assertThat(names.owns(fifty5 + "_id_seq12")).isFalse();
    }
}
