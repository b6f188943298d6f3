// SPDX-License-Identifier: Apache-2.0
/** Forms that are sent to authorization servers. */
@NullMarked
package dev.mortise.process.form;

import org.jspecify.annotations.NullMarked;
