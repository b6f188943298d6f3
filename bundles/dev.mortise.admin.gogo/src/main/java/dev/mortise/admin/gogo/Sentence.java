// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

/** An answer in words: what was done, or why not. */
public record Sentence(String text) {
    static Sentence unknownPlugin(String id) {
        return new Sentence("There is no plugin '" + id + "'. 'plugins' lists those there are.");
    }

    static Sentence unknownCommand(String name) {
        return new Sentence("There is no command '" + name + "'. 'help' lists those there are.");
    }
}
