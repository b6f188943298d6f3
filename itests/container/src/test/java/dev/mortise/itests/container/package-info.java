// SPDX-License-Identifier: Apache-2.0
/** Tests inside the framework, booted from the shipped feature files. */
@NullMarked
package dev.mortise.itests.container;

import org.jspecify.annotations.NullMarked;
