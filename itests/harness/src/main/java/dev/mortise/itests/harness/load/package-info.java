// SPDX-License-Identifier: Apache-2.0
/** Calls the product at a fixed rate, whatever it answers, and keeps what came of it. */
@NullMarked
package dev.mortise.itests.harness.load;

import org.jspecify.annotations.NullMarked;
