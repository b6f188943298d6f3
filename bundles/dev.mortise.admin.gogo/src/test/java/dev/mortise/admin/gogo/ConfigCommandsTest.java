// SPDX-License-Identifier: Apache-2.0
package dev.mortise.admin.gogo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.kernel.admin.SecretKeys;
import dev.mortise.testkit.admin.NotedConfigurations;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConfigCommandsTest {
    private static final String SHOWN = """
            FIELD   TYPE     VALUE  SOURCE    PROBLEM
            apiKey  string   ****   database
            rounds  integer         none      It is lost.

            Credentials: key
            Validated:   2026-01-02T03:04:05Z""";

    private final Shell shell = new Shell();
    private final NotedConfigurations configurations = new NotedConfigurations();

    @BeforeEach
    void hostIsThere() {
        shell.config.bindConfigurations(configurations);
    }

    @Test
    void showsAndChangesSettings() {
        assertThat(shell.type("config acme crm")).isEqualTo(SHOWN);
        assertThat(shell.type("config acme crm apiKey canary")).isEqualTo(SHOWN);
        assertThat(shell.type("config acme crm rounds --unset")).isEqualTo(SHOWN);

        assertThat(configurations.orders()).containsExactly("set apiKey canary", "set rounds");
    }

    @Test
    void explainsItself() {
        String usage = "Usage: config <tenant> <plugin> [<field>] [<value>] [--unset]";
        assertThat(shell.type("config acme")).isEqualTo(usage);
        assertThat(shell.type("config acme crm rounds")).isEqualTo(usage);
        assertThat(shell.type("config acme crm rounds 3 --unset")).isEqualTo(usage);
        assertThat(shell.type("config acme crm --unset")).isEqualTo(usage);
    }

    @Test
    void rotatesTheKey() {
        assertThat(shell.type("secrets rotate"))
                .isEqualTo("There are no secrets: Mortise is still starting, or this edition has none.");
        shell.config.bindKeys(keys(0));
        assertThat(shell.type("secrets rotate"))
                .isEqualTo(
                        "3 secrets are sealed anew with key k1. Older keys that still open: 1. Copy data/secrets-key to"
                                + " the other nodes; 'secrets drop' then drops the older keys.");
        assertThat(shell.type("secrets drop"))
                .isEqualTo("2 secrets are sealed anew with key k1. There is no older key.");
        assertThat(shell.type("secrets forget"))
                .isEqualTo(
                        "Secrets are sealed with the new key k2. 4 do not open and must be set anew; the log names them.");
        shell.config.bindKeys(keys(1));
        assertThat(shell.type("secrets rotate"))
                .isEqualTo(
                        "3 secrets are sealed anew with key k1. 1 do not open, so the old keys are kept; the log names"
                                + " them.");
    }

    private static SecretKeys keys(int lost) {
        return new SecretKeys() {
            @Override
            public Rotation rotate() {
                return new Rotation("k1", 3, lost, 1);
            }

            @Override
            public Rotation drop() {
                return new Rotation("k1", 2, lost, 0);
            }

            @Override
            public Rotation forget() {
                return new Rotation("k2", 0, 4, 0);
            }
        };
    }
}
