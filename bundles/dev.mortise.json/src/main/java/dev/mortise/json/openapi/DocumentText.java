// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.mortise.kernel.port.ApiDocumentReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Reads the bytes of a document as a tree of maps, lists, texts, numbers, booleans and nulls. */
final class DocumentText {
    /** As deep as a document may be nested. */
    static final int DEEPEST = 64;

    private static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS, DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private DocumentText() {}

    static Map<String, Object> read(String file, byte[] bytes) throws UnusableDocument {
        if (bytes.length > ApiDocumentReader.LARGEST) {
            throw new UnusableDocument(
                    "it has more than the " + ApiDocumentReader.LARGEST + " bytes that are allowed. Shorten it");
        }
        Object tree = file.endsWith(".json") ? json(decoded(bytes)) : YamlTree.read(decoded(bytes));
        return Tree.object(tree, "the document");
    }

    private static String decoded(byte[] bytes) throws UnusableDocument {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UnusableDocument("it is no UTF-8 text");
        }
    }

    private static Object json(String text) throws UnusableDocument {
        try {
            return MAPPER.readValue(text, Map.class);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            String where = place == null ? "" : " in line " + place.getLineNr() + ", column " + place.getColumnNr();
            throw new UnusableDocument("it can't be read as a JSON object" + where + ": " + firstLine(e));
        }
    }

    /** The rest of a parser's message shows the text, or the parser. */
    static String firstLine(Exception e) {
        String message =
                String.valueOf(e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage());
        return message.lines().findFirst().orElse("").strip();
    }
}
