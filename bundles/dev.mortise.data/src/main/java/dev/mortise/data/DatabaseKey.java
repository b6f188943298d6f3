// SPDX-License-Identifier: Apache-2.0
package dev.mortise.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The secret that the passwords of plugins' roles come from: the same for a database on every node, kept beside it. */
final class DatabaseKey {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 32;
    private static final String KNOWN = "SELECT value FROM mortise.meta WHERE key = 'db_key'";
    private static final String REMEMBER =
            "INSERT INTO mortise.meta (key, value) VALUES ('db_key', ?) ON CONFLICT DO NOTHING";

    private static final String REPLACE = "UPDATE mortise.meta SET value = ? WHERE key = 'db_key'";
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseKey.class);

    private final SecretKeySpec secret;

    DatabaseKey(byte[] secret) {
        this.secret = new SecretKeySpec(secret, ALGORITHM);
    }

    /**
     * Reads the file, or makes it for a database that knows no key yet.
     *
     * @param alone whether no other node uses the database: then the file is right, also where it is another one than before
     * @throws Refusal when the database was set up with another key
     */
    static DatabaseKey of(Path file, Connection connection, boolean alone) throws SQLException {
        Optional<String> known = Sql.first(connection, row -> row.getString(1), KNOWN);
        if (known.isPresent() && !alone && !Files.exists(file)) {
            throw otherKey(file + " is missing");
        }
        try {
            DatabaseKey key = new DatabaseKey(Files.exists(file) ? read(file) : create(file));
            if (alone && known.filter(other -> !other.equals(key.fingerprint())).isPresent()) {
                LOG.warn("{} is not the file of before; plugins' roles get new passwords", file);
                Sql.update(connection, REPLACE, key.fingerprint());
            }
            Sql.update(connection, REMEMBER, key.fingerprint());
            if (!Sql.text(connection, KNOWN).equals(key.fingerprint())) {
                throw otherKey(file + " is not the key of this database");
            }
            return key;
        } catch (IOException e) {
            throw new UncheckedIOException(file + " can't be read or written.", e);
        }
    }

    /** Answers the password of a role. */
    String passwordOf(String role) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(mac(role));
    }

    private String fingerprint() {
        return HexFormat.of().formatHex(mac("fingerprint"));
    }

    private byte[] mac(String text) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every JDK has " + ALGORITHM + ".", e);
        }
    }

    private static Refusal otherKey(String what) {
        return new Refusal(what + ", which the passwords of plugins' roles come from. Copy the file from the home that"
                + " this database was set up with. If it is lost, move away what is there and, unless the database is the"
                + " embedded one, run in it: DELETE FROM mortise.meta WHERE key = 'db_key'; new passwords are then set"
                + " as plugins start.");
    }

    private static byte[] read(Path file) throws IOException {
        try {
            byte[] secret = HexFormat.of().parseHex(Files.readString(file).strip());
            if (secret.length == BYTES) {
                return secret;
            }
        } catch (IllegalArgumentException noHex) {
            // it would quote a piece of the key
        }
        throw otherKey(file + " holds no key");
    }

    private static byte[] create(Path file) throws IOException {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        Path staging = file.resolveSibling(file.getFileName() + ".new");
        Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
        Files.deleteIfExists(staging);
        try (FileChannel channel = FileChannel.open(
                staging,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            channel.write(
                    ByteBuffer.wrap((HexFormat.of().formatHex(bytes) + "\n").getBytes(StandardCharsets.US_ASCII)));
            // the database remembers the key in the next step: it must not be the only one who does
            channel.force(true);
        }
        Files.move(staging, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel folder = FileChannel.open(file.toAbsolutePath().getParent())) {
            folder.force(true); // the name too
        }
        return bytes;
    }
}
