// SPDX-License-Identifier: Apache-2.0
/** Contacts, an optional source of the reports. */
@NullMarked
package dev.mortise.examples.crm;

import org.jspecify.annotations.NullMarked;
