// SPDX-License-Identifier: Apache-2.0
/** Tenants, and which plugins are there for them. */
@NullMarked
package dev.mortise.host.tenancy;

import org.jspecify.annotations.NullMarked;
