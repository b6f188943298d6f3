// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.data.Migration;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrationFilesTest {
    @Test
    void readsVersionsInTheirOrder() {
        MigrationFiles files = read(Map.of(
                "migrations/10__add_index.sql", "ten",
                "migrations/2__create_products.sql", "two",
                "migrations/2__create_products.down.sql", "two down",
                "migrations/11__drop_old__contract.sql", "eleven",
                "migrations/12__by_name__concurrent.sql", "twelve",
                "migrations/12__by_name__concurrent.down.sql", "twelve down",
                "other/1__x.sql", "no"));

        assertThat(files.problems()).isEmpty();
        assertThat(files.migrations())
                .containsExactly(
                        new Migration(2, "create_products", Migration.Phase.EXPAND, "two", Optional.of("two down")),
                        Migration.expand(10, "add_index", "ten"),
                        new Migration(11, "drop_old", Migration.Phase.CONTRACT, "eleven", Optional.empty()),
                        new Migration(
                                12,
                                "by_name",
                                Migration.Phase.EXPAND,
                                Migration.Kind.CONCURRENT,
                                "twelve",
                                Optional.of("twelve down")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1_x.sql",
                "V1__x.sql",
                "1__X.sql",
                "1__.sql",
                "0__x.sql",
                "01__x.sql",
                "1__x.SQL",
                "1__x.sql.bak",
                "1__x__concurrent.sql.down",
                "1__x__contract__concurrent.sql",
                "1__x__concurrent__contract.down.sql",
                "sub/1__x.sql",
                "readme.md"
            })
    void refusesAMalformedName(String name) {
        assertThat(read(Map.of("migrations/" + name, "x")).problems())
                .singleElement()
                .asString()
                .contains(name);
    }

    @Test
    void refusesAVersionThatNoNumberOfTheDatabaseIs() {
        for (String name : List.of("9999999999999999999__x.sql", "99999999999999999999__x__contract.down.sql")) {
            assertThat(read(Map.of("migrations/" + name, "x")).problems())
                    .containsExactly("migrations/" + name + " has a version of more than 18 digits");
        }
    }

    @Test
    void refusesTwoOfOneVersion() {
        assertThat(read(Map.of("migrations/1__x.sql", "x", "migrations/1__y.sql", "y"))
                        .problems())
                .containsExactly("migrations/1__y.sql has version 1, and so has x");
    }

    @Test
    void saysHowAWayDownIsCalled() {
        for (String kind : List.of("__concurrent", "__contract")) {
            assertThat(read(Map.of("migrations/1__x.down.sql", "x", "migrations/1__x" + kind + ".sql", "y"))
                            .problems())
                    .containsExactly("migrations/1__x.down.sql is no way back of migrations/1__x" + kind
                            + ".sql: that is called 1__x" + kind + ".down.sql");
        }
        assertThat(read(Map.of("migrations/3__x__concurrent.down.sql", "x")).problems())
                .containsExactly("migrations/3__x__concurrent.down.sql has no file that goes up");
    }

    @Test
    void refusesAWayDownWithoutOneUp() {
        assertThat(read(Map.of("migrations/3__x.down.sql", "x")).problems())
                .containsExactly("migrations/3__x.down.sql has no file that goes up");
    }

    @Test
    void refusesWhatIsNoText() {
        Map<String, byte[]> entries = Map.of("migrations/1__x.sql", new byte[] {(byte) 0xC3, 0x28});

        assertThat(MigrationFiles.read(entries).problems()).containsExactly("migrations/1__x.sql is not UTF-8");
    }

    private static MigrationFiles read(Map<String, String> texts) {
        Map<String, byte[]> entries = new TreeMap<>();
        texts.forEach((name, text) -> entries.put(name, text.getBytes(StandardCharsets.UTF_8)));
        return MigrationFiles.read(entries);
    }
}
