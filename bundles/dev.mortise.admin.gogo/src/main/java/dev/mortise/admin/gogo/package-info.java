// SPDX-License-Identifier: Apache-2.0
/** The shell commands of scope mortise. */
@org.jspecify.annotations.NullMarked
package dev.mortise.admin.gogo;
