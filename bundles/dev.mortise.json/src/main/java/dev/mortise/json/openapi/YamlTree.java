// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json.openapi;

import dev.mortise.kernel.port.ApiDocumentReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.JsonSchema;

/**
 * Turns YAML 1.2 into a tree of JSON. What an alias stands for is copied at every place, and everything counts: a short
 * text that stands for a huge one is refused before it is huge.
 */
final class YamlTree {
    /** Characters and values that the tree may have, aliases replaced. */
    private static final int MOST = 4 * ApiDocumentReader.LARGEST;

    private static final int MOST_ALIASES = 1_000;

    /** Kinds of values that JSON has too. */
    private static final Set<Tag> PLAIN = Set.of(Tag.MAP, Tag.SEQ, Tag.NULL, Tag.BOOL, Tag.INT, Tag.FLOAT, Tag.STR);

    private int left = MOST;

    private YamlTree() {}

    static @Nullable Object read(String text) throws UnusableDocument {
        LoadSettings settings = LoadSettings.builder()
                .setSchema(new JsonSchema())
                .setMaxAliasesForCollections(MOST_ALIASES)
                .setCodePointLimit(ApiDocumentReader.LARGEST)
                .build();
        try {
            requireFlat(new Parse(settings).parseString(text));
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.isEmpty() ? null : new YamlTree().value(root.get(), 0);
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .map(mark -> " in line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1))
                    .orElse("");
            throw new UnusableDocument("it can't be read as YAML" + where + ": " + e.getProblem());
        } catch (YamlEngineException e) {
            throw new UnusableDocument("it can't be read as YAML: " + e.getMessage());
        }
    }

    /** The parser goes over events one by one, but nodes are composed by recursion: that would end in a full stack. */
    private static void requireFlat(Iterable<Event> events) throws UnusableDocument {
        int depth = 0;
        for (Event event : events) {
            switch (event.getEventId()) {
                case MappingStart, SequenceStart -> depth++;
                case MappingEnd, SequenceEnd -> depth--;
                default -> {}
            }
            if (depth > DocumentText.DEEPEST) {
                throw tooDeep();
            }
        }
    }

    private @Nullable Object value(Node node, int depth) throws UnusableDocument {
        // Aliases may nest what is flat in the text, also into itself.
        if (depth > DocumentText.DEEPEST) {
            throw tooDeep();
        }
        spend(1);
        if (!PLAIN.contains(node.getTag())) {
            throw new UnusableDocument("the tag '" + node.getTag() + "' is not taken");
        }
        if (node instanceof MappingNode mapping) {
            return mapping(mapping, depth);
        }
        if (node instanceof SequenceNode sequence) {
            List<@Nullable Object> list = new ArrayList<>();
            for (Node element : sequence.getValue()) {
                list.add(value(element, depth + 1));
            }
            return list;
        }
        return scalar((ScalarNode) node);
    }

    private Map<String, @Nullable Object> mapping(MappingNode node, int depth) throws UnusableDocument {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw new UnusableDocument("it has a key that is no text");
            }
            spend(key.getValue().length());
            if (map.containsKey(key.getValue())) {
                throw new UnusableDocument("it has the key '" + key.getValue() + "' twice at one place");
            }
            map.put(key.getValue(), value(tuple.getValueNode(), depth + 1));
        }
        return map;
    }

    private @Nullable Object scalar(ScalarNode node) throws UnusableDocument {
        String text = node.getValue();
        Tag tag = node.getTag();
        spend(text.length());
        try {
            if (tag.equals(Tag.NULL)) {
                return null;
            }
            if (tag.equals(Tag.BOOL)) {
                return Boolean.valueOf(text);
            }
            if (tag.equals(Tag.INT)) {
                return new BigInteger(text);
            }
            return tag.equals(Tag.FLOAT) ? new BigDecimal(text) : text;
        } catch (NumberFormatException e) {
            throw new UnusableDocument("'" + text + "' is no number that JSON knows");
        }
    }

    private void spend(int amount) throws UnusableDocument {
        left -= amount;
        if (left < 0) {
            throw new UnusableDocument("with its aliases replaced it is larger than " + MOST + " characters");
        }
    }

    private static UnusableDocument tooDeep() {
        return new UnusableDocument("it is nested deeper than " + DocumentText.DEEPEST + " levels");
    }
}
