// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import static dev.mortise.rules.config.Fields.CURRENCY;
import static dev.mortise.rules.config.Fields.NOTHING;
import static dev.mortise.rules.config.Fields.around;
import static dev.mortise.rules.config.Fields.variable;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.rules.config.Effective.Found;
import dev.mortise.rules.config.Effective.Missing;
import dev.mortise.rules.config.Effective.Source;
import dev.mortise.rules.config.Effective.Unusable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EffectiveTest {
    @Test
    void prefersWhatIsGivenToTheEnvironmentAndThatToTheDefault() {
        ConfigField field = variable(ConfigField.Type.NUMBER);

        assertThat(Effective.of(field, Optional.of(3), around(Map.of("F", "2"))))
                .isEqualTo(new Found(3, Source.GIVEN));
        assertThat(Effective.of(field, Optional.empty(), around(Map.of("F", "2"))))
                .isEqualTo(new Found(new BigDecimal("2"), Source.ENV));
        assertThat(Effective.of(field, Optional.empty(), NOTHING)).isEqualTo(new Found(1, Source.DEFAULT));
    }

    @Test
    void takesEmptyTextZeroAndFalseForValues() {
        assertThat(Effective.of(CURRENCY, Optional.of(""), NOTHING)).isEqualTo(new Found("", Source.GIVEN));
        assertThat(Effective.of(variable(ConfigField.Type.NUMBER), Optional.of(0), NOTHING))
                .isEqualTo(new Found(0, Source.GIVEN));
        assertThat(Effective.of(variable(ConfigField.Type.BOOLEAN), Optional.of(false), NOTHING))
                .isEqualTo(new Found(false, Source.GIVEN));
        assertThat(Effective.of(CURRENCY, Optional.empty(), around(Map.of("REPORTS_CURRENCY", ""))))
                .isEqualTo(new Found("", Source.ENV));
    }

    @Test
    void namesARequiredValueThatIsMissingAndItsVariable() {
        assertThat(Effective.of(CURRENCY, Optional.empty(), NOTHING))
                .isEqualTo(new Missing(Optional.of("'currency' (Currency) is required and has no value. Set it, or set"
                        + " the environment variable REPORTS_CURRENCY and allow it for this plugin.")));
        assertThat(Effective.of(Fields.plain("f", ConfigField.Type.JSON, Scope.TENANT), Optional.empty(), NOTHING))
                .isEqualTo(new Missing(Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "TRUE", " yes ", "on", "1"})
    void readsTrueFromTheEnvironment(String text) {
        assertThat(Effective.of(variable(ConfigField.Type.BOOLEAN), Optional.empty(), around(Map.of("F", text))))
                .isEqualTo(new Found(true, Source.ENV));
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "False", "no", "off", "0"})
    void readsFalseFromTheEnvironment(String text) {
        assertThat(Effective.of(variable(ConfigField.Type.BOOLEAN), Optional.empty(), around(Map.of("F", text))))
                .isEqualTo(new Found(false, Source.ENV));
    }

    @Test
    void readsJsonFromTheEnvironment() {
        assertThat(Effective.of(variable(ConfigField.Type.JSON), Optional.empty(), around(Map.of("F", "[]"))))
                .isEqualTo(new Found(List.of(), Source.ENV));
    }

    @Test
    void namesAVariableThatCanNotBeUsedAndNeverItsText() {
        assertThat(Effective.of(variable(ConfigField.Type.NUMBER), Optional.empty(), around(Map.of("F", "many"))))
                .isEqualTo(new Unusable("Environment variable F for 'f' is not a number."));
        assertThat(Effective.of(variable(ConfigField.Type.BOOLEAN), Optional.empty(), around(Map.of("F", ""))))
                .isEqualTo(new Unusable("Environment variable F for 'f' is not true or false."));
        assertThat(Effective.of(variable(ConfigField.Type.INTEGER), Optional.empty(), around(Map.of("F", "1.5"))))
                .isEqualTo(new Unusable("Environment variable F for 'f' is a number, but a whole number is expected."));
        assertThat(Effective.of(variable(ConfigField.Type.JSON), Optional.empty(), around(Map.of("F", "{"))))
                .isEqualTo(new Unusable("Environment variable F for 'f' is not any JSON value."));
        assertThat(Effective.of(CURRENCY, Optional.empty(), around(Map.of("REPORTS_CURRENCY", "eur"))))
                .isEqualTo(
                        new Unusable("Environment variable REPORTS_CURRENCY for 'currency' does not match '[A-Z]*'."));
    }
}
