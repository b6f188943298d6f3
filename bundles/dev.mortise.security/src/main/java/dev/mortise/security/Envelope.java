// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.kernel.port.Secrets.Owner;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * A sealed text, written {@code v1.<key>.<base64url>}: AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits before
 * the text and the tag of 128 bits behind it; tenant, plugin, field and key are bound to it.
 */
record Envelope(String key, String sealed) {
    private static final String FORM = "v1";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    /** Reads one; nothing when the text is none. */
    static Optional<Envelope> parse(String text) {
        String[] parts = text.split("\\.", -1);
        return parts.length == 3 && parts[0].equals(FORM)
                ? Optional.of(new Envelope(parts[1], parts[2]))
                : Optional.empty();
    }

    static Envelope seal(SecretKey key, Owner owner, String text) {
        byte[] nonce = SecretKey.bytes(NONCE_BYTES);
        try {
            byte[] sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, owner).doFinal(text.getBytes(StandardCharsets.UTF_8));
            byte[] all = ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
            return new Envelope(
                    key.id(), Base64.getUrlEncoder().withoutPadding().encodeToString(all));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM.", e);
        }
    }

    /** Answers the text; nothing when it was sealed for another place, with another key, or was changed. */
    Optional<String> open(SecretKey secret, Owner owner) {
        try {
            byte[] all = Base64.getUrlDecoder().decode(sealed);
            if (all.length < NONCE_BYTES) {
                return Optional.empty();
            }
            byte[] text = cipher(Cipher.DECRYPT_MODE, secret, Arrays.copyOf(all, NONCE_BYTES), owner)
                    .doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES);
            return Optional.of(new String(text, StandardCharsets.UTF_8));
        } catch (AEADBadTagException | IllegalArgumentException changed) {
            return Optional.empty();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has AES-GCM.", e);
        }
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, Owner owner) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
        // neither of them can hold a line break, so that no two places are written alike
        String place = String.join(
                "\n", FORM, key.id(), owner.tenant().value(), owner.plugin().value(), owner.field());
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    @Override
    public String toString() {
        return FORM + "." + key + "." + sealed;
    }
}
