// SPDX-License-Identifier: Apache-2.0
/** Builders and in-memory ports for tests of plugins and of Mortise. */
@org.jspecify.annotations.NullMarked
package dev.mortise.testkit;
