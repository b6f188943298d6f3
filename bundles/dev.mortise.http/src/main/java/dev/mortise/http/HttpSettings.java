// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What the listener is told, checked.
 *
 * @param acceptQueue connections that may wait to be accepted
 * @param answerHeaderBytes that the fields of an answer may have, counted as RFC 9113, section 6.5.2, counts them
 * @param linger how long an answered request is still taken
 * @param portFile where the port in use is written, when there is a home
 */
record HttpSettings(
        String host,
        int port,
        int acceptQueue,
        Limits limits,
        int answerHeaderBytes,
        Compression compression,
        Linger linger,
        Optional<Path> portFile) {
    private static final int BEST_COMPRESSION = 9;
    /** Each answer over HTTP/2 takes a buffer of this size for a moment. */
    private static final int MAX_ANSWER_HEADER_KB = 256;

    HttpSettings {
        if (host.isBlank()) {
            throw new IllegalArgumentException(
                    "http.host is empty. Set MORTISE_HTTP_HOST to an address of this machine.");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException(
                    "http.port lies between 0 and 65535, not " + port + ". Set MORTISE_HTTP_PORT.");
        }
    }

    static HttpSettings of(HttpListener.Config config) {
        return new HttpSettings(
                config.host(),
                config.port(),
                Limits.positive("accept.queue", config.accept_queue()),
                Limits.of(config),
                Limits.atMost(MAX_ANSWER_HEADER_KB, "answer.header.max.kb", config.answer_header_max_kb()) * 1024,
                compression(config),
                linger(config),
                portFile(config.mortise_home()));
    }

    /** Tells whether the listener would be opened alike: what differs otherwise changes while it is open. */
    boolean opensAs(HttpSettings other) {
        return host.equals(other.host)
                && port == other.port
                && acceptQueue == other.acceptQueue
                && limits.threads() == other.limits.threads();
    }

    private static Compression compression(HttpListener.Config config) {
        int level = config.gzip_level();
        if (level < 0 || level > BEST_COMPRESSION) {
            throw new IllegalArgumentException("http.gzip.level lies between 0 and 9, not " + level + ".");
        }
        return new Compression(
                level,
                Limits.positive("gzip.min.bytes", config.gzip_min_bytes()),
                Limits.positive("gzip.max.mb", config.gzip_max_mb()) * 1024L * 1024L);
    }

    private static Linger linger(HttpListener.Config config) {
        return new Linger(
                Duration.ofSeconds(Limits.positive("linger.seconds", config.linger_seconds())),
                Limits.positive("linger.max.mb", config.linger_max_mb()) * 1024L * 1024L);
    }

    private static Optional<Path> portFile(String home) {
        return home.isBlank() ? Optional.empty() : Optional.of(Path.of(home, "data", "http-port"));
    }

    /**
     * What is taken of a request that is answered already.
     *
     * @param most how long
     * @param bytes how much
     */
    record Linger(Duration most, long bytes) {}

    /**
     * The limits of one listener.
     *
     * @param threads requests that are handled at the same time
     * @param headerBytes request line and fields together
     * @param headerFields fields of one request
     * @param headerTimeout from the first byte of a request to the end of its fields
     * @param idleTimeout without a byte in either direction
     * @param bodyBytes content of one request
     * @param bodyBytesPerSecond what a sender must reach on average, after a grace of ten seconds
     * @param stopTimeout for requests that run when the listener stops
     */
    record Limits(
            int threads,
            int headerBytes,
            int headerFields,
            Duration headerTimeout,
            Duration idleTimeout,
            long bodyBytes,
            long bodyBytesPerSecond,
            Duration stopTimeout) {
        /** A body may be asked for as one array. */
        private static final int MAX_BODY_MB = 1024;

        static Limits of(HttpListener.Config config) {
            return new Limits(
                    positive("threads", config.threads()),
                    positive("header.max.kb", config.header_max_kb()) * 1024,
                    positive("header.max.fields", config.header_max_fields()),
                    Duration.ofSeconds(positive("header.timeout.seconds", config.header_timeout_seconds())),
                    Duration.ofSeconds(positive("idle.timeout.seconds", config.idle_timeout_seconds())),
                    atMost(MAX_BODY_MB, "body.max.mb", config.body_max_mb()) * 1024L * 1024L,
                    positive("body.min.bytes.per.second", config.body_min_bytes_per_second()),
                    Duration.ofSeconds(positive("stop.timeout.seconds", config.stop_timeout_seconds())));
        }

        private static int atMost(int limit, String key, int value) {
            if (value > limit) {
                throw new IllegalArgumentException("http." + key + " is at most " + limit + ", not " + value + ".");
            }
            return positive(key, value);
        }

        private static int positive(String key, int value) {
            if (value < 1) {
                throw new IllegalArgumentException("http." + key + " is a positive number, not " + value + ".");
            }
            return value;
        }
    }
}
