// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import dev.mortise.api.call.Identity;
import dev.mortise.api.call.TenantId;
import dev.mortise.kernel.call.BoundContext;
import dev.mortise.kernel.call.Call;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.osgi.framework.Bundle;
import org.osgi.service.log.FormatterLogger;
import org.osgi.service.log.LogService;
import org.osgi.service.log.Logger;
import org.slf4j.MDC;

class BundleLogTest {
    private final Bundle plugin = Fakes.bundle("acme.inventory", "mortise:inventory:ab12");
    private final Bundle core = Fakes.bundle("dev.mortise.host", "file:host.jar");
    private final LogService log = new BundleLogs().getService(plugin, null);
    private final CapturedLog captured = new CapturedLog("acme", Level.TRACE);
    private final Logger logger = log.getLogger("acme.Products");

    @AfterEach
    void release() {
        captured.close();
        MDC.clear();
    }

    @Nested
    class Levels {
        @Test
        void reachTheLogUnderTheirOwnName() {
            logger.trace("a");
            logger.debug("b");
            logger.info("c");
            logger.warn("d");
            logger.error("e");

            assertThat(captured.lines()).containsExactly("TRACE a", "DEBUG b", "INFO c", "WARN d", "ERROR e");
        }

        @Test
        void losesNoInfoLineAtTheDefaultLevel() {
            try (CapturedLog atInfo = new CapturedLog("acme.Products", Level.INFO)) {
                for (int i = 0; i < 1000; i++) {
                    logger.info("line {}", i);
                    logger.debug("line {}", i);
                }

                assertThat(atInfo.lines())
                        .hasSize(1000)
                        .startsWith("INFO line 0")
                        .endsWith("INFO line 999");
            }
        }

        @ParameterizedTest
        @CsvSource({
            "TRACE,true,true,true,true,true",
            "DEBUG,false,true,true,true,true",
            "INFO,false,false,true,true,true",
            "WARN,false,false,false,true,true",
            "ERROR,false,false,false,false,true",
            "OFF,false,false,false,false,false"
        })
        void areThoseOfTheLogBehind(
                String level, boolean trace, boolean debug, boolean info, boolean warn, boolean error) {
            try (CapturedLog atLevel = new CapturedLog("acme.Products", Level.toLevel(level))) {
                assertThat(new boolean[] {
                            logger.isTraceEnabled(),
                            logger.isDebugEnabled(),
                            logger.isInfoEnabled(),
                            logger.isWarnEnabled(),
                            logger.isErrorEnabled()
                        })
                        .containsExactly(trace, debug, info, warn, error);
                assertThat(atLevel.lines()).isEmpty();
            }
        }

        @ParameterizedTest
        @CsvSource({"TRACE,INFO", "INFO,INFO", "WARN,WARN", "ERROR,ERROR"})
        void neverHideAnAuditLine(String threshold, String expected) {
            try (CapturedLog atLevel = new CapturedLog("acme.Products", Level.toLevel(threshold))) {
                logger.audit("login of {}", "ann");

                assertThat(atLevel.lines()).containsExactly(expected + " login of ann");
            }
        }

        @Test
        void decideWhetherAConsumerRuns() {
            AtomicInteger runs = new AtomicInteger();
            try (CapturedLog atWarn = new CapturedLog("acme.Products", Level.WARN)) {
                logger.info(to -> runs.incrementAndGet());
                logger.warn(to -> to.warn("costly {}", runs.incrementAndGet()));

                assertThat(atWarn.lines()).containsExactly("WARN costly 1");
            }
        }
    }

    @Nested
    class Messages {
        @Test
        void fillBracesInOrder() {
            logger.info("{}", 1);
            logger.info("{} and {}", 1, 2);
            logger.info("{} {} {}", 1, "two", null);
            logger.info("\\{} {}", 1);
            logger.info("{} {}", 1);
            logger.info("no place", 1);
            logger.info("left alone: {}");

            assertThat(captured.lines())
                    .containsExactly(
                            "INFO 1",
                            "INFO 1 and 2",
                            "INFO 1 two null",
                            "INFO {} 1",
                            "INFO 1 {}",
                            "INFO no place",
                            "INFO left alone: {}");
        }

        @Test
        void fillPercentSignsOfAFormatterLogger() {
            FormatterLogger formatter = log.getLogger("acme.Products", FormatterLogger.class);

            formatter.info("%05d %s", 42, "x");
            formatter.info("100% {}");
            formatter.warn("%d", "no number");

            assertThat(captured.lines()).containsExactly("INFO 00042 x", "INFO 100% {}", "WARN %d [no number]");
        }

        @Test
        void carryATrailingThrowable() {
            logger.error("failed at {}", "start", new IllegalStateException("why"));

            assertThat(captured.lines()).containsExactly("ERROR failed at start");
            assertThat(captured.last().getThrowableProxy().getMessage()).isEqualTo("why");
        }

        @Test
        void carryATrailingServiceBesideAThrowable() {
            logger.warn("{} is gone", "it", Fakes.service(7), new IllegalStateException("why"));
            logger.warn("{} is gone", "it", new IllegalStateException("why"), Fakes.service(8));

            assertThat(captured.lines()).containsExactly("WARN it is gone [service 7]", "WARN it is gone [service 8]");
            assertThat(captured.last().getThrowableProxy().getMessage()).isEqualTo("why");
        }

        @Test
        void showAThrowableThatIsNotTheLastArgument() {
            logger.info("{} {}", new IllegalStateException("why"), "end");

            assertThat(captured.lines()).containsExactly("INFO java.lang.IllegalStateException: why end");
        }

        @Test
        @SuppressWarnings("deprecation")
        void areNoFormatInTheOldMethods() {
            log.log(LogService.LOG_ERROR, "{}", new IllegalStateException("why"));
            log.log(LogService.LOG_WARNING, "warn");
            log.log(Fakes.service(7), LogService.LOG_INFO, "info");
            log.log(null, LogService.LOG_DEBUG, "debug", null);
            log.log(99, "other");

            assertThat(captured.lines())
                    .containsExactly("ERROR {}", "WARN warn", "INFO info [service 7]", "DEBUG debug", "TRACE other");
            assertThat(captured.last().getLoggerName()).isEqualTo("acme.inventory");
        }
    }

    @Nested
    class Tags {
        @Test
        void nameThePlugin() {
            logger.info("x");

            assertThat(captured.last().getMDCPropertyMap()).isEqualTo(Map.of("plugin", "inventory"));
            assertThat(MDC.getCopyOfContextMap()).isNullOrEmpty();
        }

        @Test
        void nameTenantAndRequestOfTheCall() throws Exception {
            Call call = new Call(
                    Optional.of(new TenantId("acme")),
                    Identity.user("ann", new TenantId("acme"), Set.of()),
                    Optional.empty(),
                    "r-1",
                    Optional.empty(),
                    System.nanoTime(),
                    0);

            BoundContext.call(call, () -> {
                logger.info("x");
                return true;
            });

            assertThat(captured.last().getMDCPropertyMap())
                    .isEqualTo(Map.of("plugin", "inventory", "tenant", "acme", "requestId", "r-1"));
        }

        @Test
        void leaveThoseOfACallingPluginAsTheyWere() {
            MDC.put("plugin", "reports");
            MDC.put("own", "kept");

            logger.info("x");

            assertThat(captured.last().getMDCPropertyMap()).isEqualTo(Map.of("plugin", "inventory", "own", "kept"));
            assertThat(MDC.getCopyOfContextMap()).isEqualTo(Map.of("plugin", "reports", "own", "kept"));
        }

        @Test
        void areMissingForABundleThatIsNoPlugin() {
            new BundleLogs().getService(core, null).getLogger("acme.Core").info("x");

            assertThat(captured.last().getMDCPropertyMap()).isEmpty();
        }

        @Test
        void followTheBundleForWhichTheRuntimeAsks() {
            LogService ofCore = new BundleLogs().getService(core, null);

            ofCore.getLogger(plugin, "acme.Injected", Logger.class).info("x");

            assertThat(captured.last().getMDCPropertyMap()).isEqualTo(Map.of("plugin", "inventory"));
            assertThat(captured.last().getLoggerName()).isEqualTo("acme.Injected");
        }
    }

    @Nested
    class Names {
        @Test
        void comeFromTheClass() {
            assertThat(log.getLogger(BundleLogTest.class).getName()).isEqualTo(BundleLogTest.class.getName());
            assertThat(log.getLogger(BundleLogTest.class, FormatterLogger.class).getName())
                    .isEqualTo(BundleLogTest.class.getName());
        }

        @Test
        void areTheBundlesForItsRoot() {
            assertThat(log.getLogger(Logger.ROOT_LOGGER_NAME).getName()).isEqualTo("acme.inventory");
        }

        @Test
        void areRefusedForAnUnknownKindOfLogger() {
            assertThatThrownBy(() -> log.getLogger("acme", Special.class))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Special");
        }
    }

    private interface Special extends Logger {}
}
