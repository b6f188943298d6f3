// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mortise.kernel.model.Problem.ManifestProblem;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Reads the bytes of {@code plugin.json} as a JSON object, or says in one sentence why they are none. */
final class ManifestText {
    private static final int LARGEST = 1024 * 1024;
    private static final int DEEPEST = 32;
    private static final int LONGEST_NAME = 1000;
    private static final int LONGEST_TEXT = 10_000;
    private static final int LONGEST_NUMBER = 100;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final ObjectMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxNameLength(LONGEST_NAME)
                            .maxStringLength(LONGEST_TEXT)
                            .maxNumberLength(LONGEST_NUMBER)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** What reading came to. */
    sealed interface Result {
        /** An object, and its text without white space. */
        record Document(ObjectNode node, String compact) implements Result {}

        /** No object. */
        record Garbage(ManifestProblem problem) implements Result {}
    }

    Result read(byte[] bytes) {
        if (bytes.length > LARGEST) {
            return garbage(
                    "plugin.json has " + bytes.length + " bytes; at most " + LARGEST + " are taken.", "Shorten it.");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (!text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK) {
                return garbage("plugin.json starts with a byte order mark.", "Save it as UTF-8 without one.");
            }
            return parsed(text);
        } catch (CharacterCodingException e) {
            return garbage("plugin.json is no UTF-8 text.", "Save it as UTF-8.");
        }
    }

    private Result parsed(String text) {
        try {
            JsonNode node = mapper.readTree(text);
            return node instanceof ObjectNode object
                    ? new Result.Document(object, mapper.writeValueAsString(object))
                    : garbage("plugin.json is no JSON object.", "Begin with '{' and \"id\".");
        } catch (NumberFormatException e) {
            return garbage("plugin.json is no JSON: a number has an exponent that is too large.", "Write another one.");
        } catch (StreamConstraintsException e) {
            return garbage("plugin.json " + Words.limit(e.getOriginalMessage()) + ".", "Shorten or flatten it.");
        } catch (JsonProcessingException e) {
            String reason = Words.plain(e.getOriginalMessage());
            return garbage(
                    "plugin.json is no JSON: line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ": " + reason + ".",
                    "Mend the text there.");
        }
    }

    private static Result garbage(String message, String remedy) {
        return new Result.Garbage(new ManifestProblem("", message, remedy));
    }
}
