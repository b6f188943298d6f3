// SPDX-License-Identifier: Apache-2.0
/** What it takes to run plugins in processes of their own. */
@NullMarked
package dev.mortise.itests.bench.workers;

import org.jspecify.annotations.NullMarked;
