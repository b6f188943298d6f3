// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.call.TenantId;
import dev.mortise.api.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TenantTextTest {
    private final Json json = new JacksonJsonFactory().strict();
    private final Json lenient = new JacksonJsonFactory().lenient();

    private record Visit(TenantId tenant, Optional<TenantId> home, Map<TenantId, Integer> calls) {}

    @Test
    void writesAndReadsATenantAsText() throws IOException {
        Visit visit = new Visit(new TenantId("acme"), Optional.of(TenantId.DEFAULT), Map.of(new TenantId("blue"), 2));
        String text = "{\"tenant\":\"acme\",\"home\":\"default\",\"calls\":{\"blue\":2}}";

        assertThat(json.write(visit).text()).isEqualTo(text);
        assertThat(json.read(text, Visit.class)).isEqualTo(visit);
        assertThat(lenient.read(text, Visit.class)).isEqualTo(visit);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"tenant\":\"\"}               | '/tenant' is refused: A tenant id has 1 to 63 characters, not ''.",
                "{\"tenant\":7}                  | '/tenant' does not fit; a text is expected.",
                "{\"tenant\":{\"value\":\"acme\"}} | '/tenant' does not fit; a text is expected.",
                "{\"tenant\":null}               | '/tenant' is missing or null.",
            })
    void namesThePlaceOfWhatIsNoTenant(String text, String message) {
        assertThatThrownBy(() -> json.read(text, Visit.class)).hasMessage(message);
    }
}
