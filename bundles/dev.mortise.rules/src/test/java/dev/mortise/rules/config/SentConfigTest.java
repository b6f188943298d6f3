// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import static dev.mortise.rules.config.Fields.KEY;
import static dev.mortise.rules.config.Fields.NOTHING;
import static dev.mortise.rules.config.Fields.SCHEMA;
import static dev.mortise.rules.config.Fields.around;
import static dev.mortise.rules.config.Fields.plain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.AuthMethod.ApiKey;
import dev.mortise.kernel.model.AuthMethod.Client;
import dev.mortise.kernel.model.AuthMethod.ClientAuthentication;
import dev.mortise.kernel.model.AuthMethod.Endpoints;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.ConfigViolation;
import dev.mortise.rules.config.Sent.Refused;
import dev.mortise.rules.config.Sent.Taken;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SentConfigTest {
    private static final String MISSING = "'currency' (Currency) is required and has no value. Set it, or set the"
            + " environment variable REPORTS_CURRENCY and allow it for this plugin.";

    @Test
    void takesGoodValuesAndCredentialsAmongThem() {
        assertThat(judge(Map.of("currency", "EUR", "apiKey", "k"), Set.of(), NOTHING))
                .isEqualTo(new Taken(Map.of("currency", "EUR", "apiKey", "k"), Set.of()));
    }

    @Test
    void namesAllThatIsWrongAtOnce() {
        Map<String, Object> sent = new LinkedHashMap<>();
        sent.put("rounds", 1.5);
        sent.put("currncy", "EUR");
        sent.put("site", "x");
        sent.put("a/b~c", 1);

        assertThat(judge(sent, Set.of(), NOTHING))
                .isEqualTo(new Refused(List.of(
                        new ConfigViolation("/rounds", "'/rounds' is a number, but a whole number is expected."),
                        new ConfigViolation(
                                "/currncy",
                                "'/currncy' is no field that can be set here. There are: currency, apiKey, rounds."),
                        new ConfigViolation("/site", "'/site' has one value for all tenants, which the operator sets."),
                        new ConfigViolation(
                                "/a~1b~0c",
                                "'/a~1b~0c' is no field that can be set here. There are: currency, apiKey, rounds."),
                        new ConfigViolation("/currency", MISSING))));
    }

    @Test
    void refusesTextsThatCantBeKeptWithoutShowingThem() {
        String zero = "has the character U+0000, which can't be kept.";
        String half = "has half of a surrogate pair, which is no character.";

        assertThat(key("SECRET\0")).isEqualTo("'/apiKey' " + zero);
        assertThat(key("SECRET\ud83d")).isEqualTo("'/apiKey' " + half);
        assertThat(key("\ude00\ud83dSECRET")).isEqualTo("'/apiKey' " + half);
        assertThat(key(Map.of("a", List.of("b", Map.of("c\0", 1))))).isEqualTo("'/apiKey' " + zero);
        assertThat(judge(Map.of("currency", "EUR", "apiKey", "\ud83d\ude00"), Set.of(), NOTHING))
                .isInstanceOf(Taken.class);
    }

    private static String key(Object value) {
        Sent sent = judge(Map.of("currency", "EUR", "apiKey", value), Set.of(), NOTHING);
        return ((Refused) sent).violations().get(0).message();
    }

    @Test
    void saysOneThingAboutOneField() {
        assertThat(judge(Map.of("currency", "eur"), Set.of(), NOTHING))
                .isEqualTo(
                        new Refused(List.of(new ConfigViolation("/currency", "'/currency' does not match '[A-Z]*'."))));
    }

    @Test
    void takesNullForWhatIsNotThere() {
        Map<String, @Nullable Object> sent = new HashMap<>();
        sent.put("currency", null);

        assertThat(judge(sent, Set.of(), NOTHING))
                .isEqualTo(new Refused(List.of(new ConfigViolation("/currency", MISSING))));
        assertThat(judge(sent, Set.of(), around(Map.of("REPORTS_CURRENCY", "EUR"))))
                .isEqualTo(new Taken(Map.of(), Set.of()));
    }

    @Test
    void namesAVariableThatWouldHoldAndCanNotBeUsed() {
        assertThat(judge(Map.of(), Set.of(), around(Map.of("REPORTS_CURRENCY", "e"))))
                .isEqualTo(new Refused(List.of(new ConfigViolation(
                        "/currency",
                        "Environment variable REPORTS_CURRENCY for 'currency' does not match '[A-Z]*'."))));
    }

    @Test
    void keepsASecretForStarsAndTakesStarsOfOthersForText() {
        assertThat(judge(Map.of("currency", "EUR", "apiKey", "****"), Set.of("apiKey"), NOTHING))
                .isEqualTo(new Taken(Map.of("currency", "EUR"), Set.of("apiKey")));
        assertThat(judge(Map.of("currency", "EUR", "apiKey", "****"), Set.of(), NOTHING))
                .isEqualTo(new Refused(List.of(new ConfigViolation(
                        "/apiKey", "'/apiKey' is ****, which keeps a value, but none is kept. Send it."))));
        assertThat(judge(Map.of("currency", "****"), Set.of(), NOTHING))
                .isEqualTo(
                        new Refused(List.of(new ConfigViolation("/currency", "'/currency' does not match '[A-Z]*'."))));
    }

    @Test
    void keepsASecretOfBeforeInAFieldThatIsNoneAnyMore() {
        assertThat(judge(Map.of("currency", "****"), Set.of("currency"), NOTHING))
                .isEqualTo(new Taken(Map.of(), Set.of("currency")));
    }

    @Test
    void wantsTheCredentialsOfAMethodAndNothingElse() {
        assertThat(judgeAuth(Map.of("apiKey", "k"), Set.of())).isEqualTo(new Taken(Map.of("apiKey", "k"), Set.of()));
        assertThat(judgeAuth(Map.of("apiKey", "****"), Set.of("apiKey")))
                .isEqualTo(new Taken(Map.of(), Set.of("apiKey")));
        assertThat(judgeAuth(Map.of("currency", "EUR"), Set.of()))
                .isEqualTo(new Refused(List.of(
                        new ConfigViolation(
                                "/credentials/currency",
                                "'/credentials/currency' is no field that can be set here. There are: apiKey."),
                        new ConfigViolation(
                                "/credentials/apiKey", "'apiKey' (apiKey) is required and has no value. Set it."))));
    }

    @Test
    void takesCredentialsOfOneMethodOnly() {
        List<ConfigField> fields = List.of(KEY, string("cid"), string("csec"));
        OAuth2 oauth = new OAuth2(
                "oauth",
                "OAuth",
                new Endpoints("https://a", "https://t", Optional.empty()),
                List.of(),
                new Client("cid", "csec", ClientAuthentication.BASIC));
        ConfigSchema two = new ConfigSchema(fields, List.of(new ApiKey("key", "Key", "apiKey"), oauth));
        Refused refused = new Refused(List.of(new ConfigViolation(
                "/apiKey",
                "'apiKey', 'cid', 'csec' are credentials of more than one method. Send those of one, and leave the"
                        + " others out.")));

        assertThat(SentConfig.judge(
                        two, Map.of("apiKey", "k", "cid", "****", "csec", "****"), Set.of("cid", "csec"), NOTHING))
                .isEqualTo(refused);
        assertThat(SentConfig.judge(two, Map.of("apiKey", "k", "cid", "i", "csec", "s"), Set.of(), NOTHING))
                .isEqualTo(refused);
        assertThat(SentConfig.judge(two, Map.of("cid", "i", "csec", "****"), Set.of("csec"), NOTHING))
                .isEqualTo(new Taken(Map.of("cid", "i"), Set.of("csec")));
    }

    @Test
    void takesNoEmptyTextForACredential() {
        ConfigViolation empty = new ConfigViolation(
                "/apiKey", "'/apiKey' is empty, which is no credential. Send one, or leave it out.");
        assertThat(judge(Map.of("currency", "EUR", "apiKey", ""), Set.of(), NOTHING))
                .isEqualTo(new Refused(List.of(empty)));
        assertThat(judgeAuth(Map.of("apiKey", ""), Set.of())).isInstanceOf(Refused.class);
        assertThat(judge(Map.of("currency", ""), Set.of(), NOTHING))
                .isEqualTo(new Taken(Map.of("currency", ""), Set.of()));
    }

    @Test
    void takesNoNumberThatIsTooLongToBeKept() {
        ConfigSchema free = new ConfigSchema(List.of(plain("free", ConfigField.Type.JSON, Scope.TENANT)), List.of());
        BigDecimal exact = new BigDecimal("0.12345678901234567890123");

        assertThat(SentConfig.judge(free, Map.of("free", List.of(exact)), Set.of(), NOTHING))
                .isEqualTo(new Taken(Map.of("free", List.of(exact)), Set.of()));
        for (String huge : List.of("1E+5000", "1E-5000")) {
            assertThat(SentConfig.judge(
                            free, Map.of("free", Map.of("a", List.of(new BigDecimal(huge)))), Set.of(), NOTHING))
                    .isEqualTo(new Refused(List.of(new ConfigViolation(
                            "/free",
                            "'/free' is or holds a number with more than 300 digits before or behind the point."))));
        }
    }

    private static ConfigField string(String name) {
        return plain(name, ConfigField.Type.STRING, Scope.TENANT);
    }

    @Test
    void neverShowsValues() {
        assertThat(new Taken(Map.of("apiKey", "canary"), Set.of())).asString().isEqualTo("Taken[apiKey], kept []");
    }

    private static Sent judge(Map<String, ?> sent, Set<String> stored, Surroundings around) {
        return SentConfig.judge(SCHEMA, sent, stored, around);
    }

    private static Sent judgeAuth(Map<String, ?> sent, Set<String> stored) {
        return SentConfig.judgeAuth(SCHEMA, SCHEMA.methods().get(0), sent, stored, NOTHING);
    }
}
