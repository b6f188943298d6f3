// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.oauth;

import dev.mortise.kernel.model.AuthMethod.ClientAuthentication;
import dev.mortise.kernel.model.AuthMethod.OAuth2;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * What one client sends to one authorization server.
 *
 * @param clientId its value
 * @param clientSecret its value
 */
public record TokenRequests(OAuth2 method, String clientId, String clientSecret) {
    /** Answers the address that a browser is sent to (RFC 6749, section 4.1.1; RFC 7636, section 4.3). */
    public String authorizationUrl(String redirectUri, String state, String challenge) {
        Form form = new Form()
                .with("response_type", "code")
                .with("client_id", clientId)
                .with("redirect_uri", redirectUri)
                .with("state", state)
                .with("code_challenge", challenge)
                .with("code_challenge_method", "S256");
        if (!method.scopes().isEmpty()) {
            form.with("scope", String.join(" ", method.scopes()));
        }
        String url = method.endpoints().authorization();
        return url + (url.contains("?") ? "&" : "?") + form.text();
    }

    /** Answers the form that asks for tokens (RFC 6749, section 4.1.3; RFC 7636, section 4.5). */
    public String exchange(String code, String redirectUri, String verifier) {
        return authenticated(new Form()
                .with("grant_type", "authorization_code")
                .with("code", code)
                .with("redirect_uri", redirectUri)
                .with("code_verifier", verifier));
    }

    /** Answers the form that asks for a new access token (RFC 6749, section 6). */
    public String refresh(String token) {
        return authenticated(new Form().with("grant_type", "refresh_token").with("refresh_token", token));
    }

    /** Answers the form that gives a token back (RFC 7009, section 2.1). */
    public String revocation(String token, String kind) {
        return authenticated(new Form().with("token", token).with("token_type_hint", kind));
    }

    private String authenticated(Form form) {
        return method.client().authentication() == ClientAuthentication.POST
                ? form.with("client_id", clientId)
                        .with("client_secret", clientSecret)
                        .text()
                : form.text();
    }

    /** Answers the fields of the header (RFC 6749, section 2.3.1). */
    public Map<String, String> fields() {
        if (method.client().authentication() == ClientAuthentication.POST) {
            return Map.of();
        }
        String both = Form.encode(clientId) + ":" + Form.encode(clientSecret);
        return Map.of(
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.US_ASCII)));
    }

    /** Never shows the secret. */
    @Override
    public String toString() {
        return "client of " + method.id();
    }
}
