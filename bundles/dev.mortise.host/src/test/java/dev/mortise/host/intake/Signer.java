// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipFile;
import jdk.security.jarsigner.JarSigner;

/**
 * Somebody with a key and a certificate, made by the tools of the platform.
 *
 * @param store holds both
 */
record Signer(Path store) {
    private static final String PASSWORD = "changeit";

    /** Makes one whose certificate is its own; more words go to keytool. */
    static Signer named(Path folder, String name, String... more) throws Exception {
        Path store = folder.resolve(name + ".p12");
        List<String> words = new ArrayList<>(
                List.of("-genkeypair", "-alias", "me", "-keyalg", "EC", "-dname", "CN=" + name, "-validity", "90"));
        words.addAll(List.of(more));
        keytool(store, words);
        return new Signer(store);
    }

    /** Makes one whose certificate an authority issued. */
    static Signer issuedBy(Signer authority, String name, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("-signer", "authority"));
        words.addAll(List.of(more));
        Path store = Files.copy(authority.store(), authority.store().resolveSibling(name + ".p12"));
        keytool(store, List.of("-changealias", "-alias", "me", "-destalias", "authority"));
        return named(store.getParent(), name, words.toArray(String[]::new));
    }

    /** Answers the certificate as operators write it down. */
    Path certificate() throws Exception {
        Path pem = store.resolveSibling(store.getFileName() + ".pem");
        byte[] certificate = keys().getCertificate("me").getEncoded();
        String text = Base64.getMimeEncoder().encodeToString(certificate);
        return Files.writeString(pem, "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n");
    }

    Path sign(Path jar) throws Exception {
        Path signed = jar.resolveSibling("signed-" + jar.getFileName());
        var entry = (KeyStore.PrivateKeyEntry)
                keys().getEntry("me", new KeyStore.PasswordProtection(PASSWORD.toCharArray()));
        try (ZipFile in = new ZipFile(jar.toFile());
                OutputStream out = Files.newOutputStream(signed)) {
            new JarSigner.Builder(entry).build().sign(in, out);
        }
        return signed;
    }

    private KeyStore keys() throws Exception {
        return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
    }

    private static void keytool(Path store, List<String> words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(words);
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD, "-storetype", "PKCS12"));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            String said = new String(out.readAllBytes(), java.nio.charset.Charset.defaultCharset());
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(said).isZero();
        }
    }
}
