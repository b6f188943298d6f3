// SPDX-License-Identifier: Apache-2.0
/** Stores, migrations, plugin roles and pools in PostgreSQL. */
@org.jspecify.annotations.NullMarked
package dev.mortise.data;
