// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import java.io.IOException;
import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with a JSON text in words of JSON, with the place as a JSON pointer and no name of a class. */
final class ReadFault {
    private ReadFault() {}

    static MortiseException of(IOException fault) {
        return fault.getCause() instanceof MortiseException refusal
                ? refusal
                : new MortiseException(ErrorCode.VALIDATION_FAILED, sentence(fault), fault);
    }

    /** Of a number whose exponent no number has. */
    static MortiseException of(NumberFormatException fault) {
        return new MortiseException(
                ErrorCode.VALIDATION_FAILED, "The JSON text holds a number with an exponent that is too large.", fault);
    }

    private static String sentence(IOException fault) {
        if (fault instanceof UnrecognizedPropertyException unknown) {
            return "'" + pointer(unknown) + "' is no key here" + known(unknown.getKnownPropertyIds()) + ".";
        }
        if (fault instanceof ValueInstantiationException refused && refused.getCause() != null) {
            return place(refused) + " is refused: " + refused.getCause().getMessage();
        }
        if (fault instanceof InvalidFormatException format) {
            return place(format) + " is '" + Words.shortened(String.valueOf(format.getValue())) + "'; "
                    + Words.wanted(format.getTargetType()) + " is expected.";
        }
        if (fault instanceof MismatchedInputException mismatch) {
            return mismatch(mismatch);
        }
        return fault instanceof JsonProcessingException syntax ? syntax(syntax) : "The JSON text can't be read.";
    }

    private static String mismatch(MismatchedInputException fault) {
        String message = fault.getOriginalMessage();
        if (message.startsWith("No content to map")) {
            return "The JSON text is empty.";
        }
        if (message.startsWith("Trailing token")) {
            return "The JSON text goes on after its value" + at(fault.getLocation()) + ".";
        }
        boolean missing = fault instanceof InvalidNullException
                || message.startsWith("Null value for creator property")
                || message.startsWith("Cannot map `null`")
                || message.startsWith("Missing creator property");
        return missing
                ? place(fault) + " is missing or null."
                : place(fault) + " does not fit; " + Words.wanted(fault.getTargetType()) + " is expected.";
    }

    private static String syntax(JsonProcessingException fault) {
        if (fault instanceof StreamConstraintsException) {
            return "The JSON text " + Words.limit(fault.getOriginalMessage()) + ".";
        }
        if (fault instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return place(mapping) + " can't be read: " + Words.plain(mapping.getOriginalMessage());
        }
        return "The text is no JSON" + at(fault.getLocation()) + ": " + Words.plain(fault.getOriginalMessage()) + ".";
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null ? "" : " at line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    private static String place(JsonMappingException fault) {
        String pointer = pointer(fault);
        return pointer.isEmpty() ? "The JSON text" : "'" + pointer + "'";
    }

    private static String pointer(JsonMappingException fault) {
        return fault.getPath().stream()
                .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                .map(name -> "/" + name.replace("~", "~0").replace("/", "~1"))
                .collect(Collectors.joining());
    }

    private static String known(@Nullable Collection<Object> names) {
        return names == null || names.isEmpty()
                ? ""
                : "; known are " + names.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }
}
