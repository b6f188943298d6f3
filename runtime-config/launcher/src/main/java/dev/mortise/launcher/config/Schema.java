// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.config;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All legal keys: what the shipped files say, one file per concern. */
public final class Schema {
    /** The concerns, each one a file of runtime-config/etc. */
    static final List<String> CONCERNS = List.of(
            "http",
            "gateway",
            "host",
            "data",
            "db",
            "postgres-embedded",
            "security",
            "process",
            "workers",
            "plugins",
            "mcp",
            "telemetry",
            "log");

    private final Map<String, String> texts;
    private final Map<String, Setting> settings;

    private Schema(Map<String, String> texts, Map<String, Setting> settings) {
        this.texts = texts;
        this.settings = settings;
    }

    /** Return the schema that is packed into the launcher. */
    public static Schema shipped() {
        Map<String, String> texts = new LinkedHashMap<>();
        CONCERNS.forEach(concern -> texts.put(concern, read(concern)));
        return of(texts);
    }

    /** Return the schema of the given file texts by concern. */
    static Schema of(Map<String, String> texts) {
        Map<String, Setting> settings = new LinkedHashMap<>();
        texts.forEach((concern, text) -> PropertiesText.parse(text).forEach((key, initial) -> {
            String comment = PropertiesText.comment(text, key);
            Setting setting =
                    new Setting(concern, key, initial, Allowed.of(comment, initial), comment.contains(Setting.LIVE));
            settings.put(setting.name(), setting);
        }));
        return new Schema(texts, settings);
    }

    private static String read(String concern) {
        try (InputStream in = Schema.class.getResourceAsStream(concern + ".properties")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Return all settings in the order of the files. */
    public Collection<Setting> settings() {
        return settings.values();
    }

    /** Return the names of the concerns. */
    public Collection<String> concerns() {
        return texts.keySet();
    }

    /** Return the keys of one concern. */
    List<String> keys(String concern) {
        return settings().stream()
                .filter(setting -> setting.concern().equals(concern))
                .map(Setting::key)
                .toList();
    }

    Optional<Setting> find(String concern, String key) {
        Setting exact = settings.get(concern + "." + key);
        return exact == null || exact.pattern()
                ? settings().stream()
                        .filter(setting -> setting.concern().equals(concern))
                        .flatMap(setting -> setting.named(key).stream())
                        .findFirst()
                : Optional.of(exact);
    }

    /** Return the shipped file of a concern with every setting commented out. */
    String template(String concern) {
        return texts.getOrDefault(concern, "").replaceAll("(?m)^(?=[^#\\s])", "#");
    }
}
