// SPDX-License-Identifier: Apache-2.0
/** What a plugin sees of the container, and that it sees nothing else. */
@NullMarked
package dev.mortise.host.services;

import org.jspecify.annotations.NullMarked;
