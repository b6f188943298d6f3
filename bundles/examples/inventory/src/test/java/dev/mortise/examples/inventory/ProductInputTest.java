// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProductInputTest {
    @Test
    void takesNameAndSkuAndFillsInTheRest() {
        ProductInput input =
                new ProductInput(Optional.of("  Saw "), Optional.of("saw-1 "), Optional.empty(), Optional.empty());

        assertThat(input.validated()).isEqualTo(new ProductValues("Saw", "saw-1", BigDecimal.ZERO, 0));
    }

    @Test
    void tellsEveryViolationAtOnce() {
        ProductInput input = new ProductInput(
                Optional.empty(), Optional.of(" "), Optional.of(new BigDecimal("-0.01")), Optional.of(-1));

        assertThatThrownBy(input::validated)
                .isInstanceOfSatisfying(MortiseException.class, refusal -> assertThat(refusal.code())
                        .isEqualTo(ErrorCode.VALIDATION_FAILED))
                .hasMessage("name is required; sku is required; price is a number from 0 to 1000000000000 with at most"
                        + " 4 decimals, not -0.01; quantity is a whole number from 0, not -1.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.0001", "1.50000000", "1e3", "1000000000000"})
    void takesPrices(String price) {
        assertThat(withPrice(price).validated().price()).isEqualByComparingTo(price);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0.00001", "1000000000000.0001", "1e400"})
    void refusesWhatIsNoPrice(String price) {
        assertThatThrownBy(withPrice(price)::validated).hasMessageContaining("price is a number");
    }

    @Test
    void refusesTextsThatAreTooLongOrHoldControlCharacters() {
        ProductInput input = new ProductInput(
                Optional.of("n".repeat(201)), Optional.of("a\u0000b"), Optional.empty(), Optional.empty());

        assertThatThrownBy(input::validated)
                .hasMessage("name has at most 200 characters, not 201; sku holds a control character.");
    }

    private static ProductInput withPrice(String price) {
        return new ProductInput(
                Optional.of("Saw"), Optional.of("saw"), Optional.of(new BigDecimal(price)), Optional.of(1));
    }
}
