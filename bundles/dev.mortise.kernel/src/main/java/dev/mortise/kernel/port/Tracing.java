// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.port;

import java.util.Map;
import java.util.Optional;

/**
 * Follows calls by W3C Trace Context. Implemented by the telemetry bundle, which offers it only while traces are switched
 * on; without it whatever came is passed on as it is.
 */
public interface Tracing {
    /**
     * Begins a span: under the one that the traceparent names, or as the first of a trace of its own.
     *
     * @param traceparent what came with the call, well-formed
     */
    Span begin(Kind kind, Optional<String> traceparent);

    /** Whose call a span is. */
    enum Kind {
        /** A call that came from outside. */
        CLIENT,
        /** A call from plugin to plugin inside the container. */
        PLUGIN
    }

    /** A call that is followed. */
    interface Span {
        /** Answers what the call passes on. */
        String traceparent();

        /**
         * Ends it.
         *
         * @param name what was called: method and template, never a path that a caller made
         * @param status the HTTP status of the answer; from 500 on it is a fault
         * @param tags whatever else is known
         */
        void end(String name, int status, Map<String, String> tags);
    }
}
