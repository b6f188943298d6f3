// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway;

/** What every call works with, of a client or of a plugin. */
record Means(Gate gate, Deadlines deadlines, Recorder recorder, Settings settings) {}
