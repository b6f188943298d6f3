// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.leak;

import java.time.Duration;
import java.util.List;

/** What became of the class loader of a plugin version that is gone. */
public sealed interface LeakVerdict {
    /** Answers the verdict in words. */
    String verdict();

    /** Answers who holds the loader, as far as that is known. */
    default List<String> holders() {
        return List.of();
    }

    /** Tells whether it says no more than that the loader is still there: a later collection may prove it wrong. */
    default boolean doubtful() {
        return false;
    }

    /** Nothing is left. */
    record Collected(Duration after) implements LeakVerdict {
        @Override
        public String verdict() {
            return "collected after " + after.toSeconds() + " s";
        }
    }

    /** These hold it. */
    record Leaked(List<String> holders) implements LeakVerdict {
        /** Copies the holders. */
        public Leaked {
            holders = List.copyOf(holders);
        }

        @Override
        public String verdict() {
            return "leaked";
        }
    }

    /** It is held, and nobody who was asked does it. */
    record HolderUnknown(String command) implements LeakVerdict {
        @Override
        public String verdict() {
            return "holder unknown: look for it in a heap dump, made by '" + command + "'";
        }

        @Override
        public boolean doubtful() {
            return true;
        }
    }

    /** It can't be told. */
    record Undecided(String verdict) implements LeakVerdict {
        @Override
        public boolean doubtful() {
            return true;
        }
    }

    /** The plugin did not end in time and was left behind with what it runs. */
    record Abandoned(List<String> holders) implements LeakVerdict {
        /** Copies the holders. */
        public Abandoned {
            holders = List.copyOf(holders);
        }

        @Override
        public String verdict() {
            return "abandoned: it did not end in time" + (holders.isEmpty() ? "" : " and is held by what it runs");
        }
    }
}
