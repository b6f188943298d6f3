// SPDX-License-Identifier: Apache-2.0
/** The folders of a home, their lock, and the port. */
@NullMarked
package dev.mortise.launcher.home;

import org.jspecify.annotations.NullMarked;
