// SPDX-License-Identifier: Apache-2.0
package dev.mortise.examples.inventory;

import java.util.UUID;

/** A name that groups products. */
record Category(UUID id, String name) {}
