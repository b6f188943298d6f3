// SPDX-License-Identifier: Apache-2.0
/** The demonstration: a container in a child process and calls through its gateway. */
@NullMarked
package dev.mortise.launcher.demo;

import org.jspecify.annotations.NullMarked;
