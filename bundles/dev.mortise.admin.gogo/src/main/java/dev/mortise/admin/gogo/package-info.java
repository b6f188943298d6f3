// SPDX-License-Identifier: Apache-2.0
/** The shell commands of scope mortise, and how their answers look. */
@NullMarked
package dev.mortise.admin.gogo;

import org.jspecify.annotations.NullMarked;
