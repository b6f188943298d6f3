// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.demo;

/** Says what went wrong in the demonstration. */
final class DemoFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoFailure(String sentence) {
        super(sentence);
    }
}
