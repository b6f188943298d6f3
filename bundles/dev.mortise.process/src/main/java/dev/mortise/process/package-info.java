// SPDX-License-Identifier: Apache-2.0
/** The hop to instances of services in other processes. */
@org.jspecify.annotations.NullMarked
package dev.mortise.process;
