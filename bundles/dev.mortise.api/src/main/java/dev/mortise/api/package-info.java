// SPDX-License-Identifier: Apache-2.0
/** All that a plugin ever sees. */
@org.jspecify.annotations.NullMarked
package dev.mortise.api;
