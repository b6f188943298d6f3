// SPDX-License-Identifier: Apache-2.0
/** Shared data beside bare JDBC. */
@NullMarked
package dev.mortise.itests.bench.shared;

import org.jspecify.annotations.NullMarked;
