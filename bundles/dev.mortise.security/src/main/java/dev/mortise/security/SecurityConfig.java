// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

/** The keys of {@code etc/security.properties}, and the home that the launcher adds. */
@interface SecurityConfig {
    /** The configuration's PID. */
    String PID = "dev.mortise.security";

    /** The home folder; the first admin token is written to {@code data/admin-token} below it. */
    String mortise_home();

    /** How long a token that was found is remembered, in milliseconds; other nodes see a revocation after at most that. */
    int token_cache_ms() default 2_000;

    /** How long one authenticator or authorizer of a plugin may take, in milliseconds; later counts as a fault. */
    int plugin_timeout_ms() default 2_000;

    /** How many threads the authenticators and authorizers of one plugin may use at once. */
    int plugin_threads() default 16;

    /** How long a key that was replaced still opens what was sealed with it, in hours. */
    int secrets_retired_hours() default 168;
}
