// SPDX-License-Identifier: Apache-2.0
package dev.mortise.mcp;

/** Keys of {@code mcp.properties}, each one documented there. */
@interface McpConfig {
    /** The PID of these keys. */
    String PID = "dev.mortise.mcp";

    String origins() default "";

    int sessions_max() default 1000;

    int sessions_each() default 20;

    int sessions_idle_seconds() default 1800;

    int requests_max() default 80;

    int streams_max() default 40;

    int streams_seconds() default 240;

    int streams_heartbeat_seconds() default 15;

    int list_seconds() default 10;

    int list_keep_seconds() default 300;

    int list_retry_seconds() default 15;

    int lists_max() default 10_000;

    int tools_each() default 200;

    int call_seconds() default 30;

    int servers_max() default 100;

    int servers_idle_seconds() default 300;

    int servers_threads() default 32;

    int servers_answer_max_kb() default 4096;
}
