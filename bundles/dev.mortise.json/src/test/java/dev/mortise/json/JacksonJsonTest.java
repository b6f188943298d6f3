// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.api.http.Body;
import dev.mortise.api.http.Response;
import dev.mortise.api.json.Json;
import dev.mortise.kernel.admin.PluginSummary;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.PluginState;
import dev.mortise.kernel.port.PluginServices.Offer;
import dev.mortise.kernel.port.PluginServices.Scope;
import dev.mortise.testkit.PluginBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JacksonJsonTest {
    private final Json json = new JacksonJsonFactory().strict();
    private final Json lenient = new JacksonJsonFactory().lenient();

    enum Colour {
        RED,
        DARK_BLUE
    }

    private record Item(
            String name, int count, BigDecimal price, Optional<String> note, List<Colour> colours, Instant at) {}

    private record Order(List<Item> items, boolean urgent) {}

    private record Even(int value) {
        Even {
            if (value % 2 != 0) {
                throw new IllegalArgumentException("value is even, not " + value + ".");
            }
        }
    }

    private record Dates(LocalDate day, Duration length, Map<String, Optional<String>> notes) {}

    private static final String ITEM =
            "{\"name\":\"Bolt\",\"count\":2,\"price\":12.50,\"colours\":[\"DARK_BLUE\"],\"at\":\"2026-11-21T12:00:00Z\"}";

    @Test
    void readsAndWritesRecordsWithAbsentValuesMissing() throws IOException {
        Item item = json.read(ITEM, Item.class);

        assertThat(item.note()).isEmpty();
        assertThat(item.price()).isEqualTo(new BigDecimal("12.50"));
        assertThat(json.write(item).text()).isEqualTo(ITEM);
    }

    @Test
    void writesTimesAsIso8601() throws IOException {
        Map<String, Optional<String>> notes = new LinkedHashMap<>();
        notes.put("a", Optional.of("x"));
        notes.put("b", Optional.empty());
        notes.put("c", null);

        String text = json.write(new Dates(LocalDate.of(2026, 11, 21), Duration.ofSeconds(90), notes))
                .text();

        assertThat(text).isEqualTo("{\"day\":\"2026-11-21\",\"length\":\"PT1M30S\",\"notes\":{\"a\":\"x\"}}");
    }

    @Test
    void writesWhatOperatorsReadInCamelCase() throws IOException {
        PluginSummary summary = new PluginSummary(
                "reports",
                "Reports",
                "1.0.0",
                PluginState.READY,
                Optional.empty(),
                Instant.parse("2026-11-21T12:00:00.250Z"),
                "bundle",
                "ab12",
                Optional.of("reports-1.0.0.jar"));

        assertThat(json.write(summary).text())
                .isEqualTo("{\"id\":\"reports\",\"name\":\"Reports\",\"version\":\"1.0.0\",\"state\":\"READY\","
                        + "\"since\":\"2026-11-21T12:00:00.250Z\",\"location\":\"bundle\",\"sha256\":\"ab12\","
                        + "\"file\":\"reports-1.0.0.jar\"}");
    }

    @Test
    void readsGenericTypesAndMaps() throws IOException {
        List<Item> items = json.read(Body.of("[" + ITEM + "]"), listOf(Item.class));
        Map<?, ?> map = json.read("{\"a\":{\"b\":[1,\"x\",true]}}", Map.class);

        assertThat(items).singleElement().extracting(Item::name).isEqualTo("Bolt");
        assertThat(map).hasToString("{a={b=[1, x, true]}}");
    }

    @Test
    void answersWithItsMediaType() {
        Response response = json.ok(List.of());

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.headers().first("content-type")).contains("application/json");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"items\":[],\"urgent\":true,\"x\":1} | '/x' is no key here; known are items, urgent.",
                "{\"items\":[]}                  | '/urgent' is missing or null.",
                "{\"urgent\":true}               | '/items' is missing or null.",
                "{\"items\":null,\"urgent\":true} | '/items' is missing or null.",
                "{\"items\":[{\"count\":\"2\"}],\"urgent\":true} | '/items/0/count' does not fit; a whole number is expected.",
                "{\"items\":[{\"count\":2.5}],\"urgent\":true} | '/items/0/count' is '2.5'; a whole number is expected.",
                "{\"items\":[{\"count\":3000000000}],\"urgent\":true} | '/items/0/count' can't be read: Numeric value (3000000000) out of range of int (-2147483648 - 2147483647)",
                "{\"items\":[{\"name\":7}],\"urgent\":true} | '/items/0/name' is '7'; a text is expected.",
                "{\"items\":[{\"colours\":[\"PINK\"]}],\"urgent\":true} | '/items/0/colours/0' is 'PINK'; one of RED, DARK_BLUE is expected.",
                "{\"items\":[{\"colours\":[0]}],\"urgent\":true} | '/items/0/colours/0' is '0'; one of RED, DARK_BLUE is expected.",
                "{\"items\":[{\"at\":\"today\"}],\"urgent\":true} | '/items/0/at' is 'today'; a time such as 2026-01-31T12:00:00Z, or its part that fits, is expected.",
                "{\"items\":{},\"urgent\":true}  | '/items' does not fit; a list is expected.",
                "{\"items\":[],\"urgent\":1}     | '/urgent' is '1'; true or false is expected.",
                "[]                              | The JSON text does not fit; an object is expected.",
                "``                              | The JSON text is empty.",
                "null                            | The JSON text is null, which stands for nothing.",
                "{\"items\": x}                | The text is no JSON at line 1, column 11: Unrecognized token: was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false').",
                "{\"items\":[                 | '/items' can't be read: Unexpected end-of-input: expected close marker for Array (start marker at line: 1, column: 10)",
                "{\"urgent\":true,\"urgent\":true} | The text is no JSON at line 1, column 24: Duplicate field 'urgent'.",
                "{\"items\":[],\"urgent\":true}{} | The JSON text goes on after its value at line 1, column 27.",
            })
    void namesThePlaceOfWhatDoesNotFit(String text, String message) {
        MortiseException fault =
                catchThrowableOfType(MortiseException.class, () -> json.read(Body.of(text), Order.class));

        assertThat(fault.code()).isEqualTo(ErrorCode.VALIDATION_FAILED);
        assertThat(fault).hasMessage(message);
    }

    /** It may be a secret, written without its quotes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":zanaryz}",
                "{\"a\":'zanaryz'}",
                "{\"a\":\"x\\zanaryz\"}",
                "{\"a\":-zanaryz}",
                "{\"a\":\"b\" zanaryz}",
                "{\"a\":1zanaryz}"
            })
    void quotesNoValueOfATextThatIsNoJson(String text) {
        assertThatThrownBy(() -> json.read(text, Object.class))
                .hasMessageContaining("at line 1, column ")
                .hasMessageNotContaining("zanaryz")
                .hasMessageNotContaining("'z'");
    }

    @Test
    void tellsNoNameOfAClass() {
        assertThatThrownBy(() -> json.read("{\"value\":3}", Even.class))
                .hasMessage("The JSON text is refused: value is even, not 3.");
    }

    @Test
    void ignoresUnknownKeysOnlyWhenLenient() {
        assertThat(lenient.read("{\"value\":2,\"more\":1}", Even.class)).isEqualTo(new Even(2));
    }

    @Test
    void survivesHostileTexts() {
        String deep = "[".repeat(100_000);
        String digits = "{\"items\":[{\"price\":" + "9".repeat(1_000_000) + "}]}";

        assertThatThrownBy(() -> json.read(deep, Map.class)).isInstanceOf(MortiseException.class);
        assertThatThrownBy(() -> json.read("{\"a\":" + deep, Map.class))
                .isInstanceOf(MortiseException.class)
                .hasMessage("The JSON text is nested deeper than 200 levels.");
        assertThatThrownBy(() -> json.read("9".repeat(1_200), Object.class))
                .hasMessage(
                        "The JSON text exceeds a limit: Number value length (1200) exceeds the maximum allowed (1000).");
        assertThatThrownBy(() -> new JacksonJsonFactory().exact().read("{\"a\":1e99999999999}", Object.class))
                .isInstanceOf(MortiseException.class)
                .hasMessage("The JSON text holds a number with an exponent that is too large.");
        assertThatThrownBy(() -> json.read(digits, Order.class)).isInstanceOf(MortiseException.class);
    }

    @Test
    void passesOnWhatTheBodyThrows() {
        assertThatThrownBy(() -> json.read(new FailingBody(), Order.class))
                .isInstanceOfSatisfying(MortiseException.class, fault -> assertThat(fault.code())
                        .isEqualTo(ErrorCode.PAYLOAD_TOO_LARGE));
    }

    @Test
    void givesEachPluginAMapperUntilItIsRetired() {
        Scope scope = new Scope(PluginBuilder.plugin("reports").manifest(), new Digest("0".repeat(64)));
        Offer<?> offer = new PluginJson().forPlugin(scope).get(0);
        Json mine = (Json) offer.service();

        assertThat(offer.type()).isEqualTo(Json.class);
        assertThat(mine.read("1", Integer.class)).isEqualTo(1);
        offer.close().run();
        assertThatThrownBy(() -> mine.read("1", Integer.class)).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void saysWhatIsExpectedOfOtherKinds() {
        assertThatThrownBy(() -> json.read("\"x\"", UUID.class))
                .hasMessage("The JSON text is 'x'; a UUID is expected.");
        assertThatThrownBy(() -> json.read("true", Double.class)).hasMessageEndingWith("a number is expected.");
        assertThatThrownBy(() -> json.read("[1]", BigDecimal.class)).hasMessageEndingWith("a number is expected.");
        assertThatThrownBy(() -> json.read("\"" + "x".repeat(80) + "\"", UUID.class))
                .hasMessage("The JSON text is '" + "x".repeat(60) + "...'; a UUID is expected.");
    }

    private static Type listOf(Type element) {
        return new ParameterizedType() {
            @Override
            public Type[] getActualTypeArguments() {
                return new Type[] {element};
            }

            @Override
            public Type getRawType() {
                return List.class;
            }

            @Override
            public Type getOwnerType() {
                return null;
            }
        };
    }

    private static final class FailingBody implements Body {
        @Override
        public OptionalLong length() {
            return OptionalLong.empty();
        }

        @Override
        public ByteBuffer buffer() {
            throw new MortiseException(ErrorCode.PAYLOAD_TOO_LARGE, "Too much.");
        }

        @Override
        public InputStream stream() {
            throw new UnsupportedOperationException();
        }

        @Override
        public void writeTo(OutputStream sink) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean buffered() {
            return false;
        }
    }
}
