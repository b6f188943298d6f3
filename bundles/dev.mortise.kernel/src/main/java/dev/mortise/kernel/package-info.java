// SPDX-License-Identifier: Apache-2.0
/** The model, the admin interfaces and the ports of the container. */
@org.jspecify.annotations.NullMarked
package dev.mortise.kernel;
