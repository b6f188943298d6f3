// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.field;

import dev.mortise.api.http.Headers;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** What a request or an answer says of being kept: the directives of {@code Cache-Control} (RFC 9111, section 5.2). */
public final class CacheControl {
    private static final CacheControl NONE = new CacheControl(Map.of());
    /** More digits than this are more seconds than anything is kept (RFC 9111, section 1.2.2). */
    private static final int DIGITS = 10;

    private final Map<String, String> directives;

    private CacheControl(Map<String, String> directives) {
        this.directives = directives;
    }

    /** Reads the directives of these fields: the first of several of one name counts. */
    public static CacheControl of(Headers fields) {
        List<String> values = fields.all("Cache-Control");
        if (values.isEmpty()) {
            return NONE;
        }
        Map<String, String> directives = new HashMap<>();
        for (String directive : String.join(",", values).split(",", -1)) {
            int equals = directive.indexOf('=');
            String name = equals < 0 ? directive : directive.substring(0, equals);
            String value = equals < 0 ? "" : directive.substring(equals + 1);
            // The first of several counts.
            directives.putIfAbsent(
                    name.strip().toLowerCase(Locale.ROOT),
                    value.replace('"', ' ').strip());
        }
        return new CacheControl(directives);
    }

    /** Tells whether a caller takes nothing that was kept, or an answer may not be kept. */
    public boolean forbids() {
        return directives.containsKey("no-store") || directives.containsKey("no-cache");
    }

    /** Tells whether what comes of a request may not be kept. */
    public boolean forbidsKeeping() {
        return directives.containsKey("no-store");
    }

    /** Answers the seconds of a directive: none where they can't be read, which is the careful side. */
    public OptionalLong seconds(String name) {
        String text = directives.get(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        if (text.isEmpty() || !text.chars().allMatch(digit -> digit >= '0' && digit <= '9')) {
            return OptionalLong.of(0);
        }
        return OptionalLong.of(text.length() > DIGITS ? Integer.MAX_VALUE : Long.parseLong(text));
    }

    /**
     * Answers how long an answer stays fresh by its own fields (RFC 9111, section 4.2.1), and the given time at most. What is
     * kept is shared by nobody but one identity, yet {@code s-maxage} counts too: the smaller one is the careful one.
     */
    public static Duration life(Headers answer, Duration most) {
        CacheControl control = of(answer);
        OptionalLong own = control.seconds("max-age");
        OptionalLong shared = control.seconds("s-maxage");
        long life = most.toSeconds();
        if (own.isPresent() || shared.isPresent()) {
            life = Math.min(life, Math.min(own.orElse(Long.MAX_VALUE), shared.orElse(Long.MAX_VALUE)));
        } else if (answer.first("Expires").isPresent()) {
            life = Math.min(life, untilExpiry(answer));
        }
        return Duration.ofSeconds(Math.max(0, life - age(answer)));
    }

    /** Answers the seconds that an answer had been kept already when it came. */
    public static long age(Headers answer) {
        String age = answer.first("Age").orElse("");
        return age.matches("[0-9]{1,10}") ? Long.parseLong(age) : 0;
    }

    /** Answers the seconds until then: "0", for one, is no date and says that it is over. */
    private static long untilExpiry(Headers answer) {
        Instant made = answer.first("Date").flatMap(HttpDate::read).orElseGet(Instant::now);
        return answer.first("Expires")
                .flatMap(HttpDate::read)
                .map(end -> Duration.between(made, end).toSeconds())
                .orElse(0L);
    }
}
