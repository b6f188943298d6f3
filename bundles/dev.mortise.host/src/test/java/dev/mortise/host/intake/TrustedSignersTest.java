// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.host.TestJar;
import dev.mortise.host.TestManifests;
import dev.mortise.kernel.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrustedSignersTest {
    private static Signer alice;
    private static Signer authority;
    private static Signer bob;
    private static Signer server;

    @TempDir
    Path folder;

    private Path plain = Path.of("");

    @BeforeAll
    static void makeKeys(@TempDir Path keys) throws Exception {
        alice = Signer.named(keys, "Alice");
        authority = Signer.named(keys, "Authority", "-ext", "bc:c");
        bob = Signer.issuedBy(authority, "Bob");
        server = Signer.issuedBy(authority, "Server", "-ext", "eku=serverAuth");
    }

    @BeforeEach
    void makeJar() throws IOException {
        byte[] jar = TestJar.plugin("acme", "1.0.0").entry("a/B.class", "code").bytes();
        plain = Files.write(folder.resolve("plain.jar"), jar);
    }

    @Test
    void takeWhatATrustedSignerSigned() throws Exception {
        assertThat(judge(alice, alice.sign(plain))).isEmpty();
    }

    @Test
    void takeWhatASignerSignedWhomATrustedAuthorityKnows() throws Exception {
        assertThat(judge(authority, bob.sign(plain))).isEmpty();
        assertThat(judge(bob, bob.sign(plain))).isEmpty();
    }

    @Test
    void refuseWhatNobodySigned() throws Exception {
        assertThat(judge(alice, plain)).hasValue("it is not signed, and intake.policy asks for it");
    }

    @Test
    void refuseWhatAStrangerSigned() throws Exception {
        assertThat(judge(alice, bob.sign(plain)))
                .hasValue("its signer 'CN=Bob' is not trusted: no certificate of intake.trusted-certificates leads to"
                        + " it");
    }

    @Test
    void refuseACertificateForSomethingElse() throws Exception {
        assertThat(judge(authority, server.sign(plain)))
                .hasValue("its signer 'CN=Server' has a certificate that is not for signing code");
    }

    @Test
    void refuseWhatWasSignedWithACertificateThatExpired() throws Exception {
        Clock later = Clock.offset(Clock.systemUTC(), Duration.ofDays(91));

        assertThat(TrustedSigners.read(alice.certificate(), later)
                        .judge(alice.sign(plain))
                        .orElseThrow())
                .matches("its signer 'CN=Alice' can't be trusted: the certificate of 'CN=Alice' expired on \\d{4}-.*");
    }

    @Test
    void refuseAnEntryThatWasChanged() throws Exception {
        Path signed = rewritten(alice.sign(plain), name -> name, "a/B.class", "evil");

        assertThat(judge(alice, signed).orElseThrow())
                .startsWith("it was changed after it was signed: ")
                .contains("a/B.class");
    }

    @Test
    void refuseAHeaderThatWasChanged() throws Exception {
        Path signed = alice.sign(plain);
        String manifest;
        try (JarFile jar = new JarFile(signed.toFile());
                InputStream in = jar.getInputStream(jar.getEntry("META-INF/MANIFEST.MF"))) {
            manifest = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Path changed = rewritten(
                signed,
                name -> name,
                "META-INF/MANIFEST.MF",
                manifest.replace("Bundle-Version: 1.0.0", "Bundle-Version: 1.0.1"));

        assertThat(judge(alice, changed).orElseThrow()).startsWith("it was changed after it was signed: ");
    }

    @Test
    void refuseAnEntryThatWasAdded() throws Exception {
        Path signed = rewritten(alice.sign(plain), name -> name, "a/C.class", "evil");

        assertThat(judge(alice, signed)).hasValue("entry 'a/C.class' is not signed, and others are");
    }

    @Test
    void refuseAnEntryThatWasTakenAway() throws Exception {
        Path signed = rewritten(alice.sign(plain), name -> name.equals("a/B.class") ? "" : name, "", "");

        assertThat(judge(alice, signed)).hasValue("it was changed after it was signed: entry 'a/B.class' is missing");
    }

    @Test
    void refuseAJarWhoseSignatureWasTakenAway() throws Exception {
        Path signed = rewritten(alice.sign(plain), name -> name.endsWith(".EC") ? "" : name, "", "");

        assertThat(judge(alice, signed)).hasValue("it is not signed, and intake.policy asks for it");
    }

    @Test
    void areAskedByTheIntake() throws Exception {
        TrustedSigners signers = TrustedSigners.read(alice.certificate(), Clock.systemUTC());
        Intake intake =
                new Intake(TestManifests.reader(), new IntakeLimits(1 << 20, 100, 1 << 20, 100, Optional.of(signers)));
        Digest digest = new Digest("ab".repeat(32));

        assertThat(intake.inspect(alice.sign(plain), digest, "x.jar")).isInstanceOf(Inspection.Admitted.class);
        Inspection.Refused refused = (Inspection.Refused) intake.inspect(plain, digest, "x.jar");
        assertThat(refused.problems().get(0).message())
                .isEqualTo("x.jar is not taken: it is not signed, and intake.policy asks for it. Sign the jar with"
                        + " jarsigner and a key that intake.trusted-certificates trusts.");
    }

    @Test
    void mustBeKnown() throws Exception {
        Path empty = Files.writeString(folder.resolve("empty.pem"), "");

        assertThatThrownBy(() -> TrustedSigners.read(empty, Clock.systemUTC()))
                .hasMessageContaining("empty.pem can't be read: it holds no certificate.");
        assertThatThrownBy(() -> TrustedSigners.read(folder.resolve("none.pem"), Clock.systemUTC()))
                .hasMessageContaining("none.pem can't be read: ");
    }

    private static Optional<String> judge(Signer trusted, Path jar) throws Exception {
        return TrustedSigners.read(trusted.certificate(), Clock.systemUTC()).judge(jar);
    }

    /** Copies a jar; an entry renamed to nothing is left out, and one is added or replaced. */
    private Path rewritten(Path jar, UnaryOperator<String> names, String changed, String text) throws IOException {
        Path copy = folder.resolve("rewritten.jar");
        try (ZipFile in = new ZipFile(jar.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(copy))) {
            for (ZipEntry entry : java.util.Collections.list(in.entries())) {
                String name = names.apply(entry.getName());
                if (!name.isEmpty() && !name.equals(changed)) {
                    out.putNextEntry(new ZipEntry(name));
                    try (InputStream content = in.getInputStream(entry)) {
                        content.transferTo(out);
                    }
                }
            }
            if (!changed.isEmpty()) {
                out.putNextEntry(new ZipEntry(changed));
                out.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return copy;
    }
}
