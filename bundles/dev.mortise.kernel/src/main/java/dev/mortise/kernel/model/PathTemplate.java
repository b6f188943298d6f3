// SPDX-License-Identifier: Apache-2.0
package dev.mortise.kernel.model;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The path of an endpoint or route: literal segments and parameters, {@code /products/{id}} or {@code /products/:id}.
 * Two templates are the same when they differ only in the names of parameters; {@link #shape} shows that.
 */
public record PathTemplate(List<Segment> segments) {
    /** One segment between slashes: a literal text, or the name of a parameter. */
    public record Segment(String text, boolean parameter) {}

    public PathTemplate {
        segments = List.copyOf(segments);
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException when it does not start with a slash, a segment is malformed, or two parameters
     *     share a name
     */
    public static PathTemplate parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("A path starts with '/', not '" + text + "'.");
        }
        List<Segment> segments = new ArrayList<>();
        if (text.length() > 1) {
            for (String part : text.substring(1).split("/", -1)) {
                segments.add(segment(part, text));
            }
        }
        long parameters = segments.stream().filter(Segment::parameter).count();
        if (segments.stream().filter(Segment::parameter).distinct().count() < parameters) {
            throw new IllegalArgumentException("Two parameters share a name in '" + text + "'.");
        }
        return new PathTemplate(segments);
    }

    /** Answers the template with every parameter as {@code {}}. */
    public String shape() {
        return segments.stream().map(s -> s.parameter ? "/{}" : "/" + s.text).collect(Collectors.joining());
    }

    @Override
    public String toString() {
        return segments.isEmpty()
                ? "/"
                : segments.stream()
                        .map(s -> s.parameter ? "/{" + s.text + "}" : "/" + s.text)
                        .collect(Collectors.joining());
    }

    private static Segment segment(String part, String whole) {
        if (part.startsWith(":") && part.substring(1).matches("[A-Za-z_][A-Za-z0-9_]*")) {
            return new Segment(part.substring(1), true);
        }
        if (part.matches("\\{[A-Za-z_][A-Za-z0-9_]*}")) {
            return new Segment(part.substring(1, part.length() - 1), true);
        }
        if (part.matches("[A-Za-z0-9._~!$&'()+,=@-]+") && !part.matches("\\.{1,2}")) {
            return new Segment(part, false);
        }
        throw new IllegalArgumentException(
                "'" + part + "' is no segment of a path in '" + whole + "': literal characters, {name} or :name are.");
    }
}
