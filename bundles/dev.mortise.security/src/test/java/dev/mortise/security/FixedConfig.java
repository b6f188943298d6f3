// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import java.lang.annotation.Annotation;

/** The defaults, and a time for the cache. */
record FixedConfig(int token_cache_ms) implements SecurityConfig {
    @Override
    public String mortise_home() {
        return "";
    }

    @Override
    public int plugin_timeout_ms() {
        return 2_000;
    }

    @Override
    public int plugin_threads() {
        return 4;
    }

    @Override
    public int secrets_retired_hours() {
        return 168;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
        return SecurityConfig.class;
    }
}
