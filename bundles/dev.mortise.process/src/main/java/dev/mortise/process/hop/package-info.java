// SPDX-License-Identifier: Apache-2.0
/** Carries calls over HTTP with Jetty's client. */
@org.jspecify.annotations.NullMarked
package dev.mortise.process.hop;
