// SPDX-License-Identifier: Apache-2.0
package dev.mortise.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.model.PluginId;
import dev.mortise.kernel.model.PluginIdentity;
import dev.mortise.kernel.model.Version;
import dev.mortise.kernel.port.MetadataReader.Result;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaMetadataReaderTest {
    private static final PluginIdentity SHOP = new PluginIdentity(new PluginId("shop"), new Version("1.0.0"));
    private static final String PLUGIN = "\"id\":\"shop\",\"name\":\"Shop\",\"version\":\"1.0.0\"";
    private static final String BESIDE =
            "\"routes\":[{\"method\":\"GET\",\"path\":\"/a\"}],\"tools\":[{\"name\":\"t\"}],\"protocol\":1";

    private final SchemaMetadataReader reader = new SchemaMetadataReader(new SchemaManifestReader());

    private Result read(String document) {
        return reader.read(document.getBytes(StandardCharsets.UTF_8), SHOP);
    }

    @Test
    void takesWhatKeepsToTheSchemaWithoutWhiteSpace() {
        assertThat(read("{ " + PLUGIN + ",\n" + BESIDE + "}"))
                .isEqualTo(new Result.Good("{" + PLUGIN + "," + BESIDE + "}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[1] | plugin.json is no JSON object.",
                "{P,\"tools\":[],\"protocol\":1} | '/routes' is no list of objects",
                "{P,\"routes\":[{\"method\":\"GET\"}],\"tools\":[],\"protocol\":1} | '/routes' is no list of objects",
                "{P,\"routes\":[{\"method\":\"GET\",\"path\":1}],\"tools\":[],\"protocol\":1} | '/routes' is no list",
                "{P,\"routes\":[],\"tools\":[1],\"protocol\":1} | '/tools' is no list of objects.",
                "{P,\"routes\":[],\"tools\":[],\"protocol\":0} | '/protocol' is no whole number from 1 on.",
                "{P,\"routes\":[],\"tools\":[],\"protocol\":\"1\"} | '/protocol' is no whole number from 1 on.",
                "{P,\"oops\":1,\"routes\":[],\"tools\":[],\"protocol\":1} | oops",
                "{\"id\":\"other\",\"name\":\"O\",\"version\":\"1.0.0\",B} | It speaks of other 1.0.0, and shop 1.0.0 is",
                "{\"id\":\"shop\",\"name\":\"S\",\"version\":\"1.0.1\",B} | It speaks of shop 1.0.1, and shop 1.0.0 is",
            })
    void saysWhatIsWrong(String document, String sentence) {
        Result result = read(document.replace("{P", "{" + PLUGIN).replace(",B}", "," + BESIDE + "}"));

        assertThat(((Result.Bad) result).why()).contains(sentence);
    }

    @Test
    void takesNoMoreThanAMegabyte() {
        String document = "{" + PLUGIN + "," + BESIDE + "}";

        assertThat(read(document + " ".repeat(1024 * 1024 - document.length()))).isInstanceOf(Result.Good.class);
        assertThat(read(document + " ".repeat(1024 * 1024 + 1 - document.length())))
                .isInstanceOf(Result.Bad.class);
    }
}
