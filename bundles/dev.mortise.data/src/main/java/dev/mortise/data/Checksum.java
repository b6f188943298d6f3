// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import dev.mortise.kernel.model.Digest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of what is kept. */
final class Checksum {
    private Checksum() {}

    /** Answers that of a script, in hexadecimal; line endings don't count. */
    static String of(String script) {
        MessageDigest sha256 = sha256();
        sha256.update(script.replace("\r\n", "\n").getBytes(StandardCharsets.UTF_8));
        return digest(sha256).hex();
    }

    /** Answers a sum of nothing, to which bytes are added one after the other. */
    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256.", e);
        }
    }

    /** Answers what the sum has come to. */
    static Digest digest(MessageDigest sum) {
        return new Digest(HexFormat.of().formatHex(sum.digest()));
    }
}
