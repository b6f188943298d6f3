// SPDX-License-Identifier: Apache-2.0
/** The watched folder: what lies in it, when a file is complete, and the markers beside the jars. */
@NullMarked
package dev.mortise.host.folder;

import org.jspecify.annotations.NullMarked;
