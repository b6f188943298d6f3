// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mortise.host.TestJar;
import dev.mortise.host.TestManifests;
import dev.mortise.kernel.model.Digest;
import dev.mortise.kernel.model.Problem;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are made to do harm: each is refused, and judging it costs little. */
class HostileJarTest {
    private static final long MEGABYTE = 1 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    private final Intake intake =
            new Intake(TestManifests.reader(), new IntakeLimits(64 << 20, 10_000, 512L << 20, 100, Optional.empty()));

    @Test
    void aBombIsRefusedForWhatItDeclares() throws IOException {
        assertThat(cheapRefusal(plugin().entry("bomb", new byte[300 << 20]).bytes()))
                .contains("it unpacks to ")
                .contains("times its size");
    }

    @Test
    void aBombWithinAnArchiveIsRefused() throws IOException {
        byte[] inner = TestJar.empty().entry("bomb", new byte[300 << 20]).bytes();

        assertThat(cheapRefusal(plugin().entry("lib/inner.bin", inner).bytes()))
                .contains("with the archives in it, it unpacks to ");
    }

    @Test
    void manyArchivesThatAreSmallOneByOneAreRefusedTogether() throws IOException {
        byte[] inner = TestJar.empty().entry("zeros", new byte[1 << 20]).bytes();
        TestJar jar = plugin();
        for (int i = 0; i < 40; i++) {
            jar.entry("lib/" + i + ".jar", inner);
        }

        assertThat(cheapRefusal(jar.bytes())).contains("with the archives in it, ");
    }

    @Test
    void archivesThatGoOnAndOnAreRefused() throws IOException {
        byte[] inner = TestJar.empty().entry("x", "x").bytes();
        for (int i = 0; i < 4; i++) {
            inner = TestJar.empty().entry("next.zip", inner).bytes();
        }

        assertThat(cheapRefusal(plugin().entry("first.zip", inner).bytes()))
                .contains("entry 'next.zip' is an archive in an archive, more than 3 deep");
    }

    @Test
    void aLibraryOnTheClassPathOfThePluginIsTaken() throws IOException {
        byte[] library = TestJar.empty().entry("a/B.class", "code").bytes();
        byte[] jar = plugin().header("Bundle-ClassPath", ".,lib/library.jar,classes/")
                .entry("lib/library.jar", library)
                .entry("classes/x", "x")
                .bytes();

        assertThat(inspect(jar)).isInstanceOf(Inspection.Admitted.class);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left).as("what was unpacked is gone").hasSize(1);
        }
    }

    @Test
    void aHundredThousandEntriesAreRefused() throws IOException {
        TestJar jar = plugin();
        for (int i = 0; i < 100_000; i++) {
            jar.entry("e" + i, "");
        }

        assertThat(cheapRefusal(jar.bytes())).contains("more entries than the 10000 that are allowed");
    }

    @Test
    void sixtyThousandEntriesAreRefused() throws IOException {
        TestJar jar = plugin();
        for (int i = 0; i < 60_000; i++) {
            jar.entry("e" + i, "");
        }

        assertThat(cheapRefusal(jar.bytes())).contains("it has 60002 entries, and 10000 are allowed");
    }

    @Test
    void aManifestOfTenMegabytesIsRefused() throws IOException {
        TestJar jar = plugin();
        for (int i = 0; i < 150; i++) {
            jar.header("X-" + i, "x".repeat(65_000));
        }

        assertThat(cheapRefusal(jar.bytes())).contains("entry 'META-INF/MANIFEST.MF' has ");
    }

    @Test
    void aHeaderOfOneMegabyteIsRefused() throws IOException {
        assertThat(cheapRefusal(plugin().header("X", "x".repeat(1 << 20)).bytes()))
                .contains("entry 'META-INF/MANIFEST.MF' has ");
    }

    @Test
    void aLineOfTheManifestThatIsTooLongIsRefused() throws IOException {
        byte[] manifest = ("Manifest-Version: 1.0\nX: " + "x".repeat(500_000)).getBytes(StandardCharsets.UTF_8);

        assertThat(cheapRefusal(TestJar.empty()
                        .entry("META-INF/MANIFEST.MF", manifest)
                        .entry("plugin.json", "{}")
                        .bytes()))
                .contains("its manifest can't be read: line too long");
    }

    @Test
    void aManifestThatIsNoneIsRefused() throws IOException {
        assertThat(cheapRefusal(TestJar.empty()
                        .entry("META-INF/MANIFEST.MF", "what is this\n")
                        .entry("plugin.json", "{}")
                        .bytes()))
                .contains("its manifest can't be read: ");
    }

    @Test
    void migrationsThatAreTooMuchTogetherAreRefused() throws IOException {
        TestJar jar = plugin();
        byte[] random = new byte[3 << 20];
        new java.util.Random(1).nextBytes(random);
        for (int i = 1; i <= 6; i++) {
            jar.entry("migrations/" + i + "__x.sql", random);
        }

        assertThat(cheapRefusal(jar.bytes())).contains("migrations have ").contains(" bytes together");
    }

    @Test
    void aSecondEntryOfOneNameIsRefused() throws IOException {
        byte[] jar = plugin().entry("plugin.jsoN", "{}").bytes();

        assertThat(cheapRefusal(replaced(jar, "plugin.jsoN", "plugin.json", 2)))
                .contains("entry 'plugin.json' is there twice");
    }

    @Test
    void anotherSpellingOfTheNamesThatAreReadIsRefused() throws IOException {
        assertThat(cheapRefusal(plugin().entry("Plugin.json", "{}").bytes()))
                .contains("entry 'Plugin.json' must be written plugin.json");
        assertThat(cheapRefusal(plugin().entry("META-INF/Manifest.mf", "").bytes()))
                .contains("entry 'META-INF/Manifest.mf' must be written META-INF/MANIFEST.MF");
    }

    @Test
    void aSymbolicLinkIsRefused() throws IOException {
        byte[] jar = plugin().entry("link", "/etc/passwd").bytes();
        int header = lastHeader(jar);
        jar[header + 40] = (byte) 0xFF;
        jar[header + 41] = (byte) 0xA1;

        assertThat(cheapRefusal(jar)).contains("entry 'link' is a symbolic link");
    }

    @Test
    void anotherNameInFrontOfTheContentIsRefused() throws IOException {
        byte[] jar = plugin().entry("harmless", "x").bytes();

        assertThat(cheapRefusal(replaced(jar, "harmless", "../../up", 1)))
                .contains("entry 'harmless' has another name in front of its content");
    }

    @Test
    void entriesThatShareTheirContentAreRefused() throws IOException {
        byte[] jar = plugin().entry("one", "x".repeat(100)).entry("two", "y").bytes();
        int header = lastHeader(jar);
        System.arraycopy(jar, header - 46 - "one".length() + 42, jar, header + 42, 4);

        assertThat(cheapRefusal(jar)).contains("shares its content with another entry");
    }

    private static TestJar plugin() {
        return TestJar.plugin("acme", "1.0.0");
    }

    /** Answers the first reason, having seen that it cost less than 50 MB and a second. */
    private String cheapRefusal(byte[] jar) throws IOException {
        Path file = Files.write(folder.resolve("x.jar"), jar);
        long allocated = THREADS.getCurrentThreadAllocatedBytes();
        long used = THREADS.getCurrentThreadCpuTime();

        Inspection inspection = intake.inspect(file, new Digest("ab".repeat(32)), "x.jar");

        assertThat(THREADS.getCurrentThreadAllocatedBytes() - allocated).isLessThan(50 * MEGABYTE);
        assertThat(Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - used)).isLessThan(Duration.ofSeconds(1));
        assertThat(inspection).isInstanceOf(Inspection.Refused.class);
        List<Problem> problems = ((Inspection.Refused) inspection).problems();
        return problems.get(0).message();
    }

    private Inspection inspect(byte[] jar) throws IOException {
        return intake.inspect(Files.write(folder.resolve("x.jar"), jar), new Digest("ab".repeat(32)), "x.jar");
    }

    private static byte[] replaced(byte[] jar, String name, String other, int times) {
        String text = new String(jar, StandardCharsets.ISO_8859_1);
        for (int i = 0; i < times; i++) {
            text = text.replaceFirst(name, other);
        }
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static int lastHeader(byte[] jar) {
        return new String(jar, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
    }
}
