// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

/**
 * Keys of {@code process.properties}, each one documented there. {@code port} is the listener's, to which no call goes.
 */
@interface ProcessConfig {
    /** The PID of these keys. */
    String PID = "dev.mortise.process";

    /** The PID of the listener. */
    String HTTP_PID = "dev.mortise.http";

    String remote_addresses() default "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7";

    int hop_connect_timeout_ms() default 3000;

    int hop_connections() default 1000;

    int hop_connections_per_peer() default 64;

    int hop_waiting_per_peer() default 256;

    int hop_idle_seconds() default 15;

    int hop_stream_idle_seconds() default 60;

    int hop_header_max_kb() default 16;

    int hop_answer_at_once_kb() default 64;

    int hop_answer_max_mb() default 64;

    int hop_threads() default 8;

    int port() default 8080;

    String mortise_home() default "";
}
