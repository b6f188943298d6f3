// SPDX-License-Identifier: Apache-2.0
package dev.mortise.telemetry;

import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/** How a format string names the places of its arguments. */
enum MessageFormat {
    /** With {@code {}}, for {@link org.osgi.service.log.Logger}. */
    BRACES {
        @Override
        String format(String format, List<@Nullable Object> arguments) {
            return String.valueOf(MessageFormatter.basicArrayFormat(format, arguments.toArray()));
        }
    },
    /** With {@code %s} and its like, for {@link org.osgi.service.log.FormatterLogger}. */
    PRINTF {
        @Override
        String format(String format, List<@Nullable Object> arguments) {
            try {
                return String.format(Locale.ROOT, format, arguments.toArray());
            } catch (IllegalFormatException e) { // a line with a flaw is better than no line
                return format + " " + arguments;
            }
        }
    };

    abstract String format(String format, List<@Nullable Object> arguments);
}
