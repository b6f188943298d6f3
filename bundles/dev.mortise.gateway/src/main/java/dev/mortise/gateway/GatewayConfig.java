// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

/**
 * Keys of {@code gateway.properties}, each one documented there; {@link ServiceOverrides} has further ones. {@code host} and
 * {@code threads} are the listener's: whether authentication may be off and how many calls plugins may have in hand depends on
 * them.
 */
@interface GatewayConfig {
    /** The PID of these keys. */
    String PID = "dev.mortise.gateway";

    /** The PID of the listener. */
    String HTTP_PID = "dev.mortise.http";

    String auth() default "on";

    String public$_$plugins() default "";

    int deadline_seconds() default 30;

    int deadline_limit_seconds() default 300;

    int hop_limit() default 8;

    int query_max_parameters() default 1000;

    int async_threads() default 200;

    int async_threads_each() default 16;

    int async_max_waiting() default 1000;

    int bulkhead_calls() default 32;

    int bulkhead_stuck() default 100;

    int threads_reserve_percent() default 20;

    int streams_max() default 80;

    int streams_each() default 16;

    int streams_idle_seconds() default 60;

    int breaker_failures() default 3;

    int breaker_open_seconds() default 30;

    int breaker_probes() default 3;

    int breaker_remote_open_seconds() default 5;

    int ejection_failures() default 3;

    int ejection_seconds() default 30;

    int retry_budget_percent() default 20;

    int retry_budget_reserve() default 3;

    int retry_budget_savings() default 10;

    int registry_heartbeat_seconds() default 5;

    int registry_stale_seconds() default 15;

    int registry_forget_seconds() default 3600;

    int registry_each() default 1000;

    int registry_ask_threads() default 16;

    int registry_ask_each() default 8;

    int registry_ask_seconds() default 2;

    int registry_ask_pause_heartbeats() default 16;

    int rate_buckets() default 100_000;

    int tools_answer_max_kb() default 4096;

    long cache_max_mb() default 64;

    long cache_entry_max_kb() default 1024;

    int refused_lines_per_second() default 50;

    int threads() default 200;

    int repeated_warnings_seconds() default 10;

    String host() default "127.0.0.1";

    String mortise_home() default "";
}
