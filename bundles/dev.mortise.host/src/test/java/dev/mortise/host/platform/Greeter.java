// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.platform;

/** Stands for any service that the container offers to plugins. */
public interface Greeter {
    /** Answers to whom it belongs. */
    String greet();
}
