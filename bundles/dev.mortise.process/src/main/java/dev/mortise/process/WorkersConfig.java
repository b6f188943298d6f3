// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process;

/**
 * Keys of {@code workers.properties}, each one documented there, but for those of single plugins. {@code host} and {@code port}
 * are the listener's.
 */
@interface WorkersConfig {
    /** The PID of these keys. */
    String PID = "dev.mortise.workers";

    /** The PID of what the operator says of single plugins. */
    String PLUGINS_PID = "dev.mortise.plugins";

    String ports() default "15000-15999";

    String path() default "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    String uids() default "auto";

    String lang() default "C.UTF-8";

    int max_per_plugin() default 100;

    int start_parallel() default 8;

    int ready_seconds() default 10;

    int wait_seconds() default 15;

    int wait_max() default 24;

    int idle_seconds() default 300;

    int health_seconds() default 5;

    int health_timeout_ms() default 2000;

    int health_misses() default 3;

    int drain_seconds() default 30;

    int disable_seconds() default 5;

    int terminate_seconds() default 5;

    int auth_seconds() default 10;

    int restart_first_ms() default 1000;

    int restart_longest_seconds() default 300;

    int restart_reset_seconds() default 600;

    int restart_limit() default 10;

    int output_lines_per_second() default 100;

    int output_line_kb() default 8;

    int java_heap_mb() default 64;

    int java_metaspace_mb() default 64;

    int java_direct_mb() default 64;

    boolean java_class_archive() default true;

    String host() default "127.0.0.1";

    int port() default 8080;

    String mortise_home() default "";

    String mortise_dist() default "";
}
