// SPDX-License-Identifier: Apache-2.0
/** Drives the assembled product from outside: folder, HTTP, shell, signals. */
@NullMarked
package dev.mortise.itests.distribution;

import org.jspecify.annotations.NullMarked;
