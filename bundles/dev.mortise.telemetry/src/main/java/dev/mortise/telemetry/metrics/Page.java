// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.metrics;

import java.util.Optional;

/** All meters as text. */
record Page(String type, String text) {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";
    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /** Answers the media type for those who accept so much. */
    static String type(Optional<String> accept) {
        return accept.filter(wanted -> wanted.contains("application/openmetrics-text"))
                .map(wanted -> OPEN_METRICS)
                .orElse(PROMETHEUS);
    }
}
