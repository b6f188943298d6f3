// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.StringJoiner;

/** Text for the terminal, line by line; sentences are never cut, because people copy them. */
final class Page {
    private static final int LABEL = 13;

    private final StringJoiner lines = new StringJoiner("\n");

    /** Adds a line. */
    Page line(String text) {
        lines.add(Escape.text(text));
        return this;
    }

    /** Adds a line with a label before it. */
    Page line(String label, String text) {
        return line(pad(label + ":") + text);
    }

    /** Adds a labelled line when there is something to tell. */
    Page line(String label, Optional<String> text) {
        text.ifPresent(present -> line(label, present));
        return this;
    }

    /** Adds a labelled list, unless it is empty, on as many lines as the terminal needs. */
    Page line(String label, Collection<String> texts) {
        String head = label + ":";
        String line = "";
        Iterator<String> rest = texts.iterator();
        while (rest.hasNext()) {
            String word = rest.next() + (rest.hasNext() ? "," : "");
            if (!line.isEmpty() && LABEL + line.length() + 1 + word.length() > Table.TERMINAL) {
                line(pad(head) + line);
                head = "";
                line = "";
            }
            line = line.isEmpty() ? word : line + " " + word;
        }
        return line.isEmpty() ? this : line(pad(head) + line);
    }

    /** Adds a heading and what belongs to it, unless that is empty. */
    Page section(String heading, List<String> texts) {
        if (!texts.isEmpty()) {
            line(heading + ":");
            texts.forEach(text -> line("  " + text));
        }
        return this;
    }

    /** Adds a table, or the sentence that says that there is nothing to show. */
    Page table(Table table, String instead) {
        lines.add(table.isEmpty() ? instead : table.toString());
        return this;
    }

    private static String pad(String head) {
        return head + " ".repeat(Math.max(1, LABEL - head.length()));
    }

    @Override
    public String toString() {
        return lines.toString();
    }
}
