// SPDX-License-Identifier: Apache-2.0
/** Looks whether the class loader of a retired plugin version goes, and names what holds one that stays. */
@org.jspecify.annotations.NullMarked
package dev.mortise.host.leak;
