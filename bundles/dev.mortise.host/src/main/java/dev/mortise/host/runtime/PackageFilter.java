// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.runtime;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Version;

/** The filter that the framework makes of an imported package, read back into what the developer wrote. */
record PackageFilter(String name, String range) {
    private static final Pattern NAME = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]*)\\)");
    private static final Pattern FLOOR = Pattern.compile("\\(version>=([^)]*)\\)");
    private static final Pattern CEILING = Pattern.compile("\\(!\\s*\\(version>=([^)]*)\\)\\)");

    static PackageFilter parse(String filter) {
        String ceiling = first(CEILING, filter);
        String floor = first(FLOOR, filter.replaceAll(CEILING.pattern(), ""));
        String range = ceiling.isEmpty() ? floor : "[" + floor + "," + ceiling + ")";
        return new PackageFilter(first(NAME, filter), range);
    }

    /** Answers the least version that is wanted. */
    Version floor() {
        String least = range.startsWith("[") ? range.substring(1, range.indexOf(',')) : range;
        return Version.parseVersion(least);
    }

    @Override
    public String toString() {
        return range.isEmpty() ? name : name + " " + range;
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1) : "";
    }
}
