// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reads the built jars: the wiring itself obeys the table of layers, not only the sources. */
final class LayersTest {
    /** Libraries inside a bundle of ours. */
    private static final Set<String> EMBEDDED = Set.of(
            "dev.mortise.postgres.embedded org.tukaani.xz",
            "dev.mortise.json com.networknt",
            "dev.mortise.json com.ethlo.time",
            "dev.mortise.mcp io.modelcontextprotocol",
            "dev.mortise.mcp org.reactivestreams",
            "dev.mortise.mcp reactor",
            "dev.mortise.telemetry io.micrometer",
            "dev.mortise.telemetry io.opentelemetry",
            "dev.mortise.telemetry io.prometheus.metrics",
            "dev.mortise.telemetry org.HdrHistogram",
            "dev.mortise.json org.snakeyaml.engine");

    static Stream<BuiltBundle> bundles() {
        return House.bundles().stream().map(BuiltBundle::of);
    }

    @Test
    void everyBundleOfTheTableIsBuiltAndNoOther() {
        List<String> inTable = Layers.modules().stream()
                .filter(module -> !module.equals("dev.mortise.launcher"))
                .toList();

        assertThat(bundles().map(BuiltBundle::symbolicName)).containsExactlyInAnyOrderElementsOf(inTable);
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void directoryIsArtifactIsSymbolicNameIsRootPackage(BuiltBundle bundle) {
        String expected = bundle.symbolicName().startsWith("dev.mortise.examples.")
                ? "dev.mortise.examples." + bundle.directory().replace("-", "")
                : bundle.directory();

        assertThat(bundle.artifactId()).isEqualTo(bundle.directory());
        assertThat(bundle.symbolicName()).isEqualTo(expected);
        assertThat(bundle.contents())
                .isNotEmpty()
                .allMatch(name -> Layers.module(name).equals(Layers.module(expected))
                        || EMBEDDED.stream().anyMatch((expected + " " + name)::startsWith));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void importsFollowTheTable(BuiltBundle bundle) {
        assertThat(bundle.packages("Import-Package")).isNotEmpty().allMatch(name -> mayImport(bundle, name));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void onlyTheInnerLayersExport(BuiltBundle bundle) {
        assertThat(bundle.packages("Export-Package").isEmpty()).isNotEqualTo(Layers.mayExport(bundle.symbolicName()));
        assertThat(bundle.packages("Export-Package"))
                .allMatch(name -> Layers.module(name).equals(Layers.module(bundle.symbolicName())));
    }

    @ParameterizedTest
    @MethodSource("bundles")
    void bundlesAreWiredByPackagesAlone(BuiltBundle bundle) {
        assertThat(Stream.of("Require-Bundle", "DynamicImport-Package", "Fragment-Host", "Bundle-NativeCode")
                        .filter(header -> bundle.header(header).isPresent()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "dev.mortise.gateway,dev.mortise.host,false",
        "dev.mortise.host,dev.mortise.rules,true",
        "dev.mortise.http,dev.mortise.rules,false",
        "dev.mortise.kernel,dev.mortise.rules,false",
        "dev.mortise.examples.reports,dev.mortise.examples.inventory,false",
        "dev.mortise.examples.reports,dev.mortise.kernel,false",
        "dev.mortise.unknown,dev.mortise.api,false"
    })
    void theTableKnowsDirections(String module, String other, boolean allowed) {
        assertThat(Layers.mayUse(module, other)).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "dev.mortise.gateway,org.osgi.framework,false",
        "dev.mortise.host,org.osgi.framework.wiring,true",
        "dev.mortise.gateway,org.eclipse.jetty.server,false",
        "dev.mortise.process,org.eclipse.jetty.server,false",
        "dev.mortise.process,org.eclipse.jetty.io,true",
        "dev.mortise.process,org.eclipse.jetty.client.transport,true",
        "dev.mortise.http,org.eclipse.jetty.client,false",
        "dev.mortise.http,org.eclipse.jetty.http2.server,true",
        "dev.mortise.host,java.sql,false",
        "dev.mortise.host,java.sqlx,true",
        "dev.mortise.data,com.fasterxml.jackson.core,false",
        "dev.mortise.host,java.util.logging,false",
        "dev.mortise.host,org.example.unknown,false"
    })
    void theTableKnowsHomes(String module, String library, boolean allowed) {
        assertThat(Libraries.mayUse(module, library)).isEqualTo(allowed);
    }

    private static boolean mayImport(BuiltBundle bundle, String name) {
        return Layers.module(name)
                .map(module -> Layers.mayUse(bundle.symbolicName(), module))
                .orElseGet(() -> Libraries.mayUse(bundle.symbolicName(), name));
    }
}
