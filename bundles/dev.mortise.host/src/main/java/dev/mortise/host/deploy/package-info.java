// SPDX-License-Identifier: Apache-2.0
/** The sequencer: what is wanted, what is there, and the steps from one to the other. */
@NullMarked
package dev.mortise.host.deploy;

import org.jspecify.annotations.NullMarked;
