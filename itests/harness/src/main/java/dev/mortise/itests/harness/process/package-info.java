// SPDX-License-Identifier: Apache-2.0
/** Looks at a running process from outside. */
@NullMarked
package dev.mortise.itests.harness.process;

import org.jspecify.annotations.NullMarked;
