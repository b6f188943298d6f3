// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Text for the terminal, line by line; sentences are never cut, because people copy them. */
final class Page {
    private static final int LABEL = 13;
    private static final int TERM = 28;

    private final List<Function<Width, String>> parts = new ArrayList<>();

    /** Adds a line. */
    Page line(String text) {
        return add(width -> Escape.text(text));
    }

    /** Adds a line when there is something to tell. */
    Page line(Optional<String> text) {
        text.ifPresent(this::line);
        return this;
    }

    /** Adds a line with a label before it. */
    Page line(String label, String text) {
        return line(pad(label + ":", LABEL) + text);
    }

    /** Adds a labelled line when there is something to tell. */
    Page line(String label, Optional<String> text) {
        text.ifPresent(present -> line(label, present));
        return this;
    }

    /** Adds a labelled list, unless it is empty, on as many lines as the terminal needs. */
    Page line(String label, Collection<String> texts) {
        List<String> words = new ArrayList<>();
        for (Iterator<String> rest = texts.iterator(); rest.hasNext(); ) {
            words.add(Escape.text(rest.next()) + (rest.hasNext() ? "," : ""));
        }
        String head = pad(label + ":", LABEL);
        return words.isEmpty() ? this : add(width -> head + hanging(words, LABEL, width));
    }

    /** Adds a term and what it means; what does not fit beside the term goes below, between words. */
    Page term(String term, String meaning) {
        String head = pad("  " + term + " ", TERM);
        List<String> words = Arrays.asList(meaning.split(" "));
        return add(width -> head.length() == TERM || head.length() + meaning.length() <= width.columns()
                ? head + hanging(words, head.length(), width)
                : head.stripTrailing() + "\n" + " ".repeat(TERM) + hanging(words, TERM, width));
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
        return table.isEmpty() ? add(width -> instead) : add(table::text);
    }

    /** Answers all of it, in lines that fit as far as they may be cut or broken. */
    String text(Width width) {
        return parts.stream().map(part -> part.apply(width)).collect(Collectors.joining("\n"));
    }

    private Page add(Function<Width, String> part) {
        parts.add(part);
        return this;
    }

    private static String hanging(List<String> words, int indent, Width width) {
        StringBuilder text = new StringBuilder();
        int column = indent;
        for (String word : words) {
            if (column > indent && column + 1 + word.length() > width.columns()) {
                text.append('\n').append(" ".repeat(indent));
                column = indent;
            } else if (column > indent) {
                text.append(' ');
                column++;
            }
            text.append(word);
            column += word.length();
        }
        return text.toString();
    }

    private static String pad(String head, int width) {
        return head + " ".repeat(Math.max(1, width - head.length()));
    }
}
