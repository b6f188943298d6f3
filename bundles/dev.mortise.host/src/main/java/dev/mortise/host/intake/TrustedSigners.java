// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.host.intake.SignedEntries.Reading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes jars that one signer signed whole, when a certificate of the operator's file is the signer's or leads to it. */
public final class TrustedSigners {
    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final String ANY_USE = "2.5.29.37.0";

    private final Set<X509Certificate> trusted;
    private final Clock clock;

    private TrustedSigners(Set<X509Certificate> trusted, Clock clock) {
        this.trusted = trusted;
        this.clock = clock;
    }

    /**
     * Reads the certificates of a PEM file.
     *
     * @throws IllegalArgumentException when it holds none
     */
    public static TrustedSigners read(Path pem, Clock clock) {
        try (InputStream in = Files.newInputStream(pem)) {
            Collection<? extends Certificate> found =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (found.isEmpty()) {
                throw new CertificateException("it holds no certificate");
            }
            return new TrustedSigners(
                    found.stream().map(X509Certificate.class::cast).collect(Collectors.toUnmodifiableSet()), clock);
        } catch (IOException | CertificateException e) {
            throw new IllegalArgumentException(
                    "host.intake.policy is signed, and " + pem + " can't be read: " + e.getMessage()
                            + ". Put the certificates that may sign jars there, in PEM, or set"
                            + " 'intake.trusted-certificates' in etc/host.properties.",
                    e);
        }
    }

    /** Answers in words why a jar is not to be trusted. */
    Optional<String> judge(Path jar) {
        try {
            Reading reading = SignedEntries.read(jar);
            return reading instanceof Reading.By by
                    ? best(by.signers())
                    : Optional.of(((Reading.Broken) reading).words());
        } catch (IOException | GeneralSecurityException e) {
            return Optional.of("its signature can't be read: " + e.getMessage());
        }
    }

    /** One good signer is enough. */
    private Optional<String> best(Set<CodeSigner> signers) throws GeneralSecurityException {
        Optional<String> words = Optional.of("it has nothing that could be signed");
        for (CodeSigner signer : signers) {
            words = judge(chain(signer));
            if (words.isEmpty()) {
                return words;
            }
        }
        return words;
    }

    private static List<X509Certificate> chain(CodeSigner signer) {
        return signer.getSignerCertPath().getCertificates().stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private Optional<String> judge(List<X509Certificate> chain) throws GeneralSecurityException {
        X509Certificate own = chain.get(0);
        String name = "its signer '" + own.getSubjectX500Principal() + "' ";
        Optional<String> outOfTime =
                chain.stream().flatMap(one -> outOfTime(one).stream()).findFirst();
        if (outOfTime.isPresent()) {
            return outOfTime.map(words -> name + "can't be trusted: " + words);
        }
        if (trusted.contains(own)) {
            return Optional.empty();
        }
        List<String> uses = own.getExtendedKeyUsage();
        if (uses != null && !uses.contains(CODE_SIGNING) && !uses.contains(ANY_USE)) {
            return Optional.of(name + "has a certificate that is not for signing code");
        }
        return leadsToTrusted(chain)
                ? Optional.empty()
                : Optional.of(name + "is not trusted: no certificate of intake.trusted-certificates leads to it");
    }

    private Optional<String> outOfTime(X509Certificate certificate) {
        Instant now = clock.instant();
        String whose = "the certificate of '" + certificate.getSubjectX500Principal() + "' ";
        if (now.isAfter(certificate.getNotAfter().toInstant())) {
            return Optional.of(whose + "expired on " + day(certificate.getNotAfter()));
        }
        return now.isBefore(certificate.getNotBefore().toInstant())
                ? Optional.of(whose + "begins to count on " + day(certificate.getNotBefore()))
                : Optional.empty();
    }

    private static LocalDate day(Date date) {
        return date.toInstant().atZone(ZoneOffset.UTC).toLocalDate();
    }

    /** The chain of a jar may go on beyond the trusted certificate, up to a root that is none of ours. */
    private boolean leadsToTrusted(List<X509Certificate> chain) throws GeneralSecurityException {
        List<X509Certificate> path =
                chain.stream().takeWhile(one -> !trusted.contains(one)).toList();
        PKIXParameters parameters = new PKIXParameters(
                trusted.stream().map(one -> new TrustAnchor(one, null)).collect(Collectors.toSet()));
        parameters.setRevocationEnabled(false);
        parameters.setDate(Date.from(clock.instant()));
        try {
            var unused = CertPathValidator.getInstance("PKIX")
                    .validate(CertificateFactory.getInstance("X.509").generateCertPath(path), parameters);
            return true;
        } catch (CertPathValidatorException e) {
            return false;
        }
    }
}
