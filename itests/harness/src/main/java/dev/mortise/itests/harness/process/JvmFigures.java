// SPDX-License-Identifier: Apache-2.0
package dev.mortise.itests.harness.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a JVM holds after a collection, asked with the JDK's {@code jcmd}.
 *
 * @param loaders class loaders of bundles that are alive; others come and go with the JVM's own inner workings
 */
public record JvmFigures(double heapKilobytes, double metaspaceKilobytes, int loaders) {
    private static final Pattern USED = Pattern.compile("(\\w+)[^\\n]*?\\bused (\\d+)K");
    private static final Pattern LOADERS = Pattern.compile("BundleWiringImpl\\$BundleClassLoader");

    /** Collects, twice since what the first run finalises goes with the second, and looks. */
    public static JvmFigures collected(long pid) throws IOException, InterruptedException {
        ask(pid, "GC.run");
        ask(pid, "GC.run");
        double heap = 0;
        double metaspace = 0;
        for (MatchResult line : USED.matcher(ask(pid, "GC.heap_info")).results().toList()) {
            switch (line.group(1)) {
                case "Metaspace" -> metaspace = Double.parseDouble(line.group(2));
                case "class" -> {} // the class space is a part of the metaspace
                default -> heap += Double.parseDouble(line.group(2));
            }
        }
        int loaders = (int)
                LOADERS.matcher(ask(pid, "VM.classloader_stats")).results().count();
        return new JvmFigures(heap, metaspace, loaders);
    }

    /** Answers what a command of {@code jcmd} prints. */
    public static String ask(long pid, String command) throws IOException, InterruptedException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("jcmd " + command + " failed: " + text);
        }
        return text;
    }
}
