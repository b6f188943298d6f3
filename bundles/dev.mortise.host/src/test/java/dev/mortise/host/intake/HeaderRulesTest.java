// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.TestJar;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.jar.JarInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HeaderRulesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Export-Package        | com.acme.lib;version="1.0"
                    Fragment-Host         | com.acme.host
                    Bundle-NativeCode     | lib/x.so;osname=Linux
                    Require-Bundle        | com.acme.other
                    DynamicImport-Package | *
                    Provide-Capability    | osgi.service;objectClass:List<String>="a.B",com.acme.thing
                    Bundle-SymbolicName   | com.acme;singleton:=true
                    Import-Package        | dev.mortise.kernel.port;version="[1.0,2)"
                    Import-Package        | dev.mortise.apiary
                    Import-Package        | com.acme;x="\\"",dev.mortise.kernel.port;y="
                    Import-Package        | com.acme;version="1,dev.mortise.kernel.port
                    Bundle-SymbolicName   | com.acme;singleton:="TRUE"
                    """)
    void refusesWhatAPluginMustNotAsk(String header, String value) throws IOException {
        List<String> violations =
                HeaderRules.violations(headers(TestJar.bundle("com.acme").header(header, value)));

        assertThat(violations).singleElement().asString().startsWith("header " + header + " is refused");
    }

    @Test
    void takesAnOrdinaryPlugin() throws IOException {
        TestJar jar = TestJar.bundle("com.acme;singleton:=false")
                .header("Import-Package", "dev.mortise.api.http;version=\"[1.0,2)\",org.slf4j,javax.sql")
                .header("Provide-Capability", "osgi.service;objectClass:List<String>=\"dev.mortise.api.http.X,y.Z\"")
                .header("Require-Capability", "osgi.extender;filter:=\"(osgi.extender=osgi.component)\"")
                .header("Service-Component", "OSGI-INF/x.xml");

        assertThat(HeaderRules.violations(headers(jar))).isEmpty();
        assertThat(headers(jar).promisedServices()).containsExactlyInAnyOrder("dev.mortise.api.http.X", "y.Z");
    }

    @Test
    void listsEveryViolationAtOnce() throws IOException {
        TestJar jar = TestJar.bundle("com.acme").header("Export-Package", "a").header("Require-Bundle", "b");

        assertThat(HeaderRules.violations(headers(jar))).hasSize(2);
    }

    @Test
    void refusesOldManifestsAndClassPathsThatLeadNowhere() throws IOException {
        BundleHeaders headers = headers(TestJar.bundle("com.acme")
                .header("Bundle-ManifestVersion", "1")
                .header("Bundle-ClassPath", ".,lib/a.jar,classes/,../b.jar,/etc"));

        assertThat(HeaderRules.violations(headers, List.of("lib/a.jar", "classes/x")))
                .containsExactly(
                        "header Bundle-ManifestVersion is refused with 1: 2 is expected",
                        "header Bundle-ClassPath is refused with ../b.jar: the jar has no such entry",
                        "header Bundle-ClassPath is refused with /etc: the jar has no such entry");
    }

    private static BundleHeaders headers(TestJar jar) throws IOException {
        try (JarInputStream in = new JarInputStream(new ByteArrayInputStream(jar.bytes()))) {
            var bytes = new java.io.ByteArrayOutputStream();
            in.getManifest().write(bytes);
            return BundleHeaders.parse(bytes.toByteArray());
        }
    }
}
