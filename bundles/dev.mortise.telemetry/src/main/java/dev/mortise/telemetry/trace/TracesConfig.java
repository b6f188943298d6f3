// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry.trace;

/** Keys of {@code telemetry.properties}, each one documented there. */
@interface TracesConfig {
    /** The PID of these keys. */
    String PID = "dev.mortise.telemetry";

    String traces() default "off";

    String traces_endpoint() default "http://127.0.0.1:4318/v1/traces";

    String traces_service() default "mortise";

    int traces_percent() default 100;

    int traces_max_waiting() default 2048;
}
