// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.AuthMethod.Client;
import dev.mortise.kernel.model.AuthMethod.ClientAuthentication;
import dev.mortise.kernel.model.AuthMethod.Endpoints;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TokenRequestsTest {
    /** The example of RFC 7636, appendix B. */
    @Test
    void makesTheChallengeOfTheStandard() {
        assertThat(Pkce.challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"))
                .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        assertThat(Pkce.text(new byte[Pkce.RANDOM_BYTES])).hasSize(43);
    }

    @Test
    void sendsBrowsersWithEverythingEncoded() {
        TokenRequests requests = requests("https://id.example.org/a?tenant=x", ClientAuthentication.BASIC);

        assertThat(requests.authorizationUrl("https://me.example.org/back?a=b&c", "st", "ch"))
                .isEqualTo("https://id.example.org/a?tenant=x&response_type=code&client_id=me+%26+you"
                        + "&redirect_uri=https%3A%2F%2Fme.example.org%2Fback%3Fa%3Db%26c&state=st&code_challenge=ch"
                        + "&code_challenge_method=S256&scope=read+write");
    }

    /** RFC 6749, section 2.3.1: both are encoded as in a form before they are joined. */
    @Test
    void showsTheSecretInTheHeader() {
        TokenRequests requests = requests("https://id.example.org/a", ClientAuthentication.BASIC);

        assertThat(requests.fields()).isEqualTo(Map.of("Authorization", "Basic bWUrJTI2K3lvdTpzJTNBJUMzJUE5"));
        assertThat(requests.refresh("r/1")).isEqualTo("grant_type=refresh_token&refresh_token=r%2F1");
        assertThat(requests.exchange("c", "https://b", "v"))
                .isEqualTo("grant_type=authorization_code&code=c&redirect_uri=https%3A%2F%2Fb&code_verifier=v");
    }

    @Test
    void showsTheSecretInTheForm() {
        TokenRequests requests = requests("https://id.example.org/a", ClientAuthentication.POST);

        assertThat(requests.fields()).isEmpty();
        assertThat(requests.revocation("t", "refresh_token"))
                .isEqualTo("token=t&token_type_hint=refresh_token&client_id=me+%26+you&client_secret=s%3A%C3%A9");
    }

    @Test
    void neverShowsTheSecretToPeople() {
        assertThat(requests("https://id.example.org/a", ClientAuthentication.BASIC)
                        .toString())
                .doesNotContain("s:é");
    }

    private static TokenRequests requests(String authorization, ClientAuthentication authentication) {
        return new TokenRequests(
                new OAuth2(
                        "o",
                        "O",
                        new Endpoints(authorization, "https://id.example.org/t", Optional.empty()),
                        List.of("read", "write"),
                        new Client("id", "secret", authentication)),
                "me & you",
                "s:é");
    }
}
