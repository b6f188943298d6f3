// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.worker.launch;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/**
 * Lines of one process on their way into the log, no more than so many in a second. A line may say its level: {@code WARN the
 * text}. Those left out are counted, and the count is told.
 */
final class OutputLines {
    private static final Pattern LEVELLED =
            Pattern.compile("(TRACE|DEBUG|INFO|WARN|WARNING|ERROR)(?:[ :]\\s*)(.*)", Pattern.DOTALL);

    private final Logger log;
    private final Launch.OutputLabel label;
    private final int perSecond;
    private final LongSupplier nanos;

    // The monitor guards these.
    private long second;
    private int written;
    private long leftOut;
    private String last = "";

    OutputLines(Launch.OutputLabel label, int perSecond, LongSupplier nanos) {
        log = LoggerFactory.getLogger("dev.mortise.worker.output." + label.plugin());
        this.label = label;
        this.perSecond = perSecond;
        this.nanos = nanos;
        second = now();
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toSeconds(nanos.getAsLong());
    }

    /** Takes a line; one without a level has that of where it came from. */
    void take(String line, Level otherwise) {
        Matcher parts = LEVELLED.matcher(line);
        boolean levelled = parts.matches();
        String text = plain(levelled ? parts.group(2) : line);
        Level level = levelled ? level(parts.group(1)) : otherwise;
        if (!text.isBlank() && admit(text)) {
            write(level, text);
        }
    }

    private static Level level(String word) {
        return word.equals("WARNING") ? Level.WARN : Level.valueOf(word);
    }

    private static String plain(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\t]]", "\uFFFD");
    }

    private synchronized boolean admit(String text) {
        last = text;
        long now = now();
        if (now != second) {
            second = now;
            written = 0;
            tellLeftOut();
        }
        if (written >= perSecond) {
            leftOut++;
            return false;
        }
        written++;
        return true;
    }

    private synchronized void tellLeftOut() {
        if (leftOut > 0) {
            write(
                    Level.WARN,
                    leftOut + " lines were left out: it writes more than " + perSecond + " in a second"
                            + " (workers.output.lines.per.second).");
            leftOut = 0;
        }
    }

    /** The process is gone. */
    void end() {
        tellLeftOut();
    }

    synchronized String last() {
        return last;
    }

    private void write(Level level, String text) {
        try (MDC.MDCCloseable plugin = MDC.putCloseable("plugin", label.plugin());
                Tenant tenant = new Tenant(label.tenant())) {
            log.atLevel(level).log(text);
        }
    }

    /** Tags lines with a tenant, if there is one. */
    private record Tenant(Optional<String> id) implements AutoCloseable {
        Tenant {
            id.ifPresent(name -> MDC.put("tenant", name));
        }

        @Override
        public void close() {
            id.ifPresent(name -> MDC.remove("tenant"));
        }
    }
}
