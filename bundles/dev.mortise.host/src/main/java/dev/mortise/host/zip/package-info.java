// SPDX-License-Identifier: Apache-2.0
/** The directory at the end of a zip file, read without trusting it. */
@NullMarked
package dev.mortise.host.zip;

import org.jspecify.annotations.NullMarked;
