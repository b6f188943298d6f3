// SPDX-License-Identifier: Apache-2.0
package dev.mortise.security;

import dev.mortise.api.error.ErrorCode;
import dev.mortise.api.error.MortiseException;
import dev.mortise.kernel.port.Secrets;
import java.nio.file.Path;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Seals and opens with the keys of {@code data/secrets-key}. */
@Component(
        service = {Secrets.class, FileSecrets.class},
        configurationPid = SecurityConfig.PID)
public final class FileSecrets implements Secrets {
    private final SecretKeyFile keys;
    private final KeyFileCheck check;

    /** Reads and writes nothing before the first secret. */
    @Activate
    public FileSecrets(SecurityConfig config) {
        this(new SecretKeyFile(Path.of(config.mortise_home())), KeyFileCheck.FRESH);
    }

    FileSecrets(SecretKeyFile keys, Duration fresh) {
        this.keys = keys;
        this.check = new KeyFileCheck(keys, fresh);
    }

    SecretKeyFile keys() {
        return keys;
    }

    /** Answers who notices a file of another database, and has the key to seal with. */
    KeyFileCheck check() {
        return check;
    }

    @Override
    public String seal(Owner owner, String text) {
        return Envelope.seal(check.current(), owner, text).toString();
    }

    @Override
    public String open(Owner owner, String envelope) {
        Envelope sealed = Envelope.parse(envelope)
                .orElseThrow(() -> closed(owner, "is no envelope that this version of Mortise knows"));
        SecretKey key = keys.find(sealed.key()).orElseThrow(() -> missing(owner, sealed.key()));
        return sealed.open(key, owner)
                .orElseThrow(() -> closed(
                        owner, "does not open: it was sealed for another place, or changed. Set the value anew"));
    }

    private MortiseException missing(Owner owner, String key) {
        check.missed(key);
        return closed(
                owner,
                "was sealed with key '" + key + "', which is not in " + keys
                        + ". Put back a copy of that file, or set the value anew");
    }

    private static MortiseException closed(Owner owner, String why) {
        return new MortiseException(
                ErrorCode.INTERNAL,
                "Secret '%s' of plugin '%s' for tenant '%s' %s."
                        .formatted(owner.field(), owner.plugin(), owner.tenant(), why));
    }
}
