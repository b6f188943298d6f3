// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.feature;

import java.nio.file.Path;
import org.osgi.service.feature.ID;

/** A jar by its Maven coordinates. */
public record Artifact(String group, String name, String version) {

    static Artifact of(ID id) {
        return new Artifact(id.getGroupId(), id.getArtifactId(), id.getVersion());
    }

    /** Return where the jar lies in a folder of Maven's repository layout. */
    public Path in(Path repository) {
        return repository
                .resolve(group.replace('.', '/'))
                .resolve(name)
                .resolve(version)
                .resolve(fileName());
    }

    /** Return the name of the jar file. */
    public String fileName() {
        return name + "-" + version + ".jar";
    }

    @Override
    public String toString() {
        return group + ":" + name + ":" + version;
    }
}
