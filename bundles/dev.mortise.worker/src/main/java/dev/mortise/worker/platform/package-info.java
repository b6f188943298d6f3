// SPDX-License-Identifier: Apache-2.0
/** The services that a plugin gets of the platform, as they are far from the container. */
@org.jspecify.annotations.NullMarked
package dev.mortise.worker.platform;
