// SPDX-License-Identifier: Apache-2.0
/** Drives the assembled product from outside, as a user would: process, folder, HTTP and shell. */
@NullMarked
package dev.mortise.itests.harness;

import org.jspecify.annotations.NullMarked;
