// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.crm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ContactInputTest {
    @Test
    void takesANameWithOrWithoutAddress() {
        ContactInput both = new ContactInput(Optional.of("Ada"), Optional.of("ada@example.com"));
        ContactInput name = new ContactInput(Optional.of("Ada"), Optional.empty());

        assertThat(both.validated()).isEqualTo(both);
        assertThat(name.validated()).isEqualTo(name);
    }

    @Test
    void requiresAName() {
        assertThatThrownBy(new ContactInput(Optional.empty(), Optional.empty())::validated)
                .hasMessage("name is required.");
        assertThatThrownBy(new ContactInput(Optional.of(" "), Optional.empty())::validated)
                .hasMessage("name is required.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ada", "a b@example.com", "@example.com", "ada@", "ada\u0000@example.com"})
    void refusesWhatIsNoAddress(String email) {
        assertThatThrownBy(new ContactInput(Optional.of("Ada"), Optional.of(email))::validated)
                .hasMessage("email is no address.");
    }

    @Test
    void refusesNamesThatAreTooLongOrHoldControlCharacters() {
        assertThatThrownBy(new ContactInput(Optional.of("n".repeat(201)), Optional.empty())::validated)
                .hasMessage("name has at most 200 printable characters.");
        assertThatThrownBy(new ContactInput(Optional.of("a\u0000"), Optional.empty())::validated)
                .hasMessage("name has at most 200 printable characters.");
    }
}
