// SPDX-License-Identifier: Apache-2.0
package dev.mortise.rules.config;

import dev.mortise.kernel.model.AuthMethod;
import dev.mortise.kernel.model.ConfigField;
import dev.mortise.kernel.model.ConfigField.Scope;
import dev.mortise.kernel.model.ConfigSchema;
import dev.mortise.kernel.model.ConfigViolation;
import dev.mortise.kernel.model.WholeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Judges what is sent as the settings of a plugin for a tenant, all of it at once. It replaces what was there: what is left
 * out, or null, has no value of the tenant's own any more; {@code ****} keeps the secret that is kept.
 */
public final class SentConfig {
    private final ConfigSchema schema;
    private final Set<String> stored;
    private final Surroundings around;
    private final String place;
    private final List<ConfigViolation> violations = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();
    private final Set<String> kept = new LinkedHashSet<>();

    private SentConfig(ConfigSchema schema, Set<String> stored, Surroundings around, String place) {
        this.place = place;
        this.schema = schema;
        this.stored = stored;
        this.around = around;
    }

    /**
     * Judges settings. Credentials may stand among them; they need not.
     *
     * @param sent the values by field; null is a value that is not there
     * @param stored fields of which a secret is kept, also where the field has ceased to be one
     */
    public static Sent judge(ConfigSchema schema, Map<String, ?> sent, Set<String> stored, Surroundings around) {
        SentConfig judging = new SentConfig(schema, stored, around, "");
        judging.take(sent, field -> field.scope() == Scope.TENANT);
        judging.oneMethod();
        schema.fields().stream()
                .filter(field -> field.scope() == Scope.TENANT && !schema.credential(field))
                .filter(ConfigField::required)
                .forEach(judging::demand);
        return judging.result();
    }

    /** Judges credentials of one method; all that it needs of a tenant must be there. */
    public static Sent judgeAuth(
            ConfigSchema schema, AuthMethod method, Map<String, ?> sent, Set<String> stored, Surroundings around) {
        SentConfig judging = new SentConfig(schema, stored, around, "/credentials");
        Predicate<ConfigField> mine =
                field -> schema.credential(field) && method.fields().contains(field.name());
        judging.take(sent, mine);
        schema.fields().stream().filter(mine).forEach(judging::demand);
        return judging.result();
    }

    private void take(Map<String, ?> sent, Predicate<ConfigField> mine) {
        sent.forEach((name, value) -> {
            String pointer = place + "/" + name.replace("~", "~0").replace("/", "~1");
            Optional<ConfigField> field = schema.field(name);
            if (field.filter(mine).isEmpty()) {
                violations.add(new ConfigViolation(pointer, stranger(pointer, field, mine)));
            } else if (value != null) {
                take(field.get(), pointer, value);
            }
        });
    }

    /** A tenant has credentials of one method: those of another would be dropped in silence. */
    private void oneMethod() {
        List<String> credentials = schema.fields().stream()
                .filter(schema::credential)
                .map(ConfigField::name)
                .filter(name -> values.containsKey(name) || kept.contains(name))
                .toList();
        boolean one =
                schema.methods().stream().anyMatch(method -> method.fields().containsAll(credentials));
        if (!credentials.isEmpty() && !one) {
            String pointer = place + "/" + credentials.get(0);
            violations.add(
                    new ConfigViolation(
                            pointer,
                            "'" + String.join("', '", credentials)
                                    + "' are credentials of more than one method. Send those of one, and leave the others out."));
        }
    }

    private void take(ConfigField field, String pointer, Object value) {
        if (schema.credential(field) && value.equals("")) {
            violations.add(new ConfigViolation(
                    pointer, "'" + pointer + "' is empty, which is no credential. Send one, or leave it out."));
            return;
        }
        boolean starred = schema.secret(field) || stored.contains(field.name());
        if (starred && Mask.is(value)) {
            keep(field, pointer);
            return;
        }
        WholeText.objectionIn(value)
                .or(() -> field.objection(value))
                .ifPresentOrElse(
                        wrong -> violations.add(new ConfigViolation(pointer, "'" + pointer + "' " + wrong + ".")),
                        () -> values.put(field.name(), value));
    }

    /** What is shown as a secret may come from elsewhere; then it goes on to come from there. */
    private void keep(ConfigField field, String pointer) {
        if (stored.contains(field.name())) {
            kept.add(field.name());
        } else if (Effective.of(field, Optional.empty(), around) instanceof Effective.Missing) {
            violations.add(new ConfigViolation(
                    pointer,
                    "'" + pointer + "' is " + Mask.TEXT + ", which keeps a value, but none is kept. Send it."));
        }
    }

    private void demand(ConfigField field) {
        String name = field.name();
        boolean judged = violations.stream().anyMatch(known -> known.pointer().equals(place + "/" + name));
        if (judged || values.containsKey(name) || kept.contains(name)) {
            return;
        }
        Effective other = Effective.of(field, Optional.empty(), around);
        if (other instanceof Effective.Missing) {
            violations.add(new ConfigViolation(place + "/" + name, Effective.missing(field)));
        } else if (other instanceof Effective.Unusable unusable) {
            violations.add(new ConfigViolation(place + "/" + name, unusable.sentence()));
        }
    }

    private String stranger(String pointer, Optional<ConfigField> field, Predicate<ConfigField> mine) {
        if (field.filter(known -> known.scope() == Scope.CONTAINER).isPresent()) {
            return "'" + pointer + "' has one value for all tenants, which the operator sets.";
        }
        String known =
                schema.fields().stream().filter(mine).map(ConfigField::name).collect(Collectors.joining(", "));
        return "'" + pointer + "' is no field that can be set here. "
                + (known.isEmpty() ? "There is none." : "There are: " + known + ".");
    }

    private Sent result() {
        return violations.isEmpty() ? new Sent.Taken(values, kept) : new Sent.Refused(violations);
    }
}
