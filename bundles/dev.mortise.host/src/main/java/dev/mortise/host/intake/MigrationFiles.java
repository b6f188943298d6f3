// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.intake;

import dev.mortise.api.data.Migration;
import dev.mortise.api.data.Migration.Kind;
import dev.mortise.api.data.Migration.Phase;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code migrations/<version>__<description>[__contract|__concurrent].sql} and {@code .down.sql} of a jar.
 *
 * @param migrations in the order of their versions
 * @param problems every file that has no good name or content
 */
record MigrationFiles(List<Migration> migrations, List<String> problems) {
    static final String FOLDER = "migrations/";

    private static final Pattern NAME =
            Pattern.compile("([1-9]\\d*)__([a-z0-9_]{1,100}?)(__contract|__concurrent)?(\\.down)?\\.sql");
    /** As many as every number of 64 bits has room for. */
    private static final int MOST_DIGITS = 18;

    private static final Pattern BOTH = Pattern.compile(".*__(contract|concurrent)");
    private static final String EXPECTED =
            " is no migration: <version>__<description>.sql is expected, as in 1__create_products.sql";

    /** Reads the entries below {@value #FOLDER}. */
    static MigrationFiles read(Map<String, byte[]> entries) {
        MigrationFiles files = new MigrationFiles(new ArrayList<>(), new ArrayList<>());
        Map<Long, Pair> pairs = new TreeMap<>();
        entries.forEach((name, bytes) -> {
            boolean file = name.startsWith(FOLDER) && !name.endsWith("/");
            if (file) {
                files.collect(name, bytes, pairs);
            }
        });
        pairs.values().forEach(files::finish);
        return files;
    }

    /** What belongs to one version: the file up, the file down, or both. */
    private record Pair(long version, String name, Phase phase, Kind kind, Optional<String> up, Optional<String> down) {
        boolean sameAs(Pair other) {
            return name.equals(other.name) && phase == other.phase && kind == other.kind;
        }

        boolean doubles(Pair other) {
            return (up.isPresent() && other.up.isPresent()) || (down.isPresent() && other.down.isPresent());
        }

        /** Answers the name of its files, without what comes behind the first point. */
        String file() {
            String suffix = phase == Phase.CONTRACT ? "__contract" : kind == Kind.CONCURRENT ? "__concurrent" : "";
            return version + "__" + name + suffix;
        }

        Pair with(Pair other) {
            return new Pair(version, name, phase, kind, up.or(() -> other.up), down.or(() -> other.down));
        }
    }

    private void collect(String entry, byte[] bytes, Map<Long, Pair> pairs) {
        Matcher matcher = NAME.matcher(entry.substring(FOLDER.length()));
        if (!matcher.matches()) {
            problems.add(entry + EXPECTED);
            return;
        }
        if (matcher.group(1).length() > MOST_DIGITS) {
            problems.add(entry + " has a version of more than " + MOST_DIGITS + " digits");
            return;
        }
        if (BOTH.matcher(matcher.group(2)).matches()) {
            problems.add(
                    entry + " ends in two of __contract and __concurrent, and can be one of them: what is concurrent"
                            + " always runs beside the version that runs");
            return;
        }
        Optional<String> text = decode(bytes);
        if (text.isEmpty()) {
            problems.add(entry + " is not UTF-8");
            return;
        }
        boolean down = matcher.group(4) != null;
        Pair file = new Pair(
                Long.parseLong(matcher.group(1)),
                matcher.group(2),
                "__contract".equals(matcher.group(3)) ? Phase.CONTRACT : Phase.EXPAND,
                "__concurrent".equals(matcher.group(3)) ? Kind.CONCURRENT : Kind.TRANSACTIONAL,
                down ? Optional.empty() : text,
                down ? text : Optional.empty());
        add(entry, file, pairs);
    }

    private void add(String entry, Pair file, Map<Long, Pair> pairs) {
        Pair other = pairs.get(file.version());
        if (other == null || (other.sameAs(file) && !other.doubles(file))) {
            pairs.put(file.version(), other == null ? file : other.with(file));
        } else if (other.doubles(file)) {
            problems.add(entry + " has version " + file.version() + ", and so has " + other.name());
        } else {
            boolean goesUp = file.up().isPresent();
            Pair up = goesUp ? file : other;
            Pair down = goesUp ? other : file;
            problems.add(FOLDER + down.file() + ".down.sql is no way back of " + FOLDER + up.file()
                    + ".sql: that is called " + up.file() + ".down.sql");
            pairs.put(up.version(), up);
        }
    }

    private void finish(Pair pair) {
        if (pair.up().isPresent()) {
            migrations.add(new Migration(
                    pair.version(),
                    pair.name(),
                    pair.phase(),
                    pair.kind(),
                    pair.up().get(),
                    pair.down()));
        } else {
            problems.add(FOLDER + pair.file() + ".down.sql has no file that goes up");
        }
    }

    private static Optional<String> decode(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            // some editors begin a file with a mark that the server takes for a word
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }
}
