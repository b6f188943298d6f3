// SPDX-License-Identifier: Apache-2.0
/** Queries that see the rows of one tenant, beside a plain pool. */
@NullMarked
package dev.mortise.itests.bench.tenant;

import org.jspecify.annotations.NullMarked;
