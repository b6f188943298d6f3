// SPDX-License-Identifier: Apache-2.0
/** Settings and credentials of plugins: what tenants and the operator gave, and what plugins get of it. */
@NullMarked
package dev.mortise.host.config;

import org.jspecify.annotations.NullMarked;
