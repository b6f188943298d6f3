// SPDX-License-Identifier: Apache-2.0
/** OAuth 2.0: what a client sends to an authorization server, and what it makes of the answers. */
@Export
@Version("1.0.0")
@NullMarked
package dev.mortise.rules.oauth;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
