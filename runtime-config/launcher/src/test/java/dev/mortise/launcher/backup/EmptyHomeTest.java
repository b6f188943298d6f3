// SPDX-License-Identifier: Apache-2.0
package dev.mortise.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mortise.launcher.home.Home;
import dev.mortise.launcher.home.HomeLock;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmptyHomeTest {
    @TempDir
    Path folder;

    private Home home;
    private EmptyHome empty;

    @BeforeEach
    void make() throws IOException {
        home = Home.prepare(folder);
        HomeLock.take(home).close();
        empty = new EmptyHome(home);
    }

    @Test
    void namesWhatIsInItAlready() throws IOException {
        assertThat(empty.strangers()).isEmpty();

        Files.writeString(home.data().resolve("db-key"), "");

        assertThat(empty.strangers()).containsExactly("db-key");
    }

    @Test
    void takesFilesForTheOwnerAlone() throws IOException {
        put("data/postgres/base/1", "row");
        empty.put("data/postgres/pg_wal/", new ByteArrayInputStream(new byte[0]));

        assertThat(home.data().resolve("postgres/pg_wal")).isDirectory();
        assertThat(home.data().resolve("postgres/base/1")).hasContent("row");
        assertThat(permissions("postgres/base/1")).isEqualTo("rw-------");
        assertThat(permissions("postgres")).isEqualTo("rwx------");
    }

    @Test
    void keepsTheConfigurationAndJarsThatAreThere() throws IOException {
        Files.writeString(home.etc().resolve("http.properties"), "port=1");

        put("etc/http.properties", "port=2");
        put("etc/log.properties", "level=INFO");

        assertThat(home.etc().resolve("http.properties")).hasContent("port=1");
        assertThat(home.etc().resolve("log.properties")).hasContent("level=INFO");
        assertThat(empty.kept()).containsExactly(home.etc().resolve("http.properties"));
    }

    @Test
    void isNoHomeForAContainerUntilItIsWhole() throws IOException {
        empty.markUnfinished();
        put("data/postgres/PG_VERSION", "18");

        assertThatThrownBy(home::requireWhole).hasMessageContaining("is half restored");
        assertThat(new EmptyHome(home).strangers()).isEmpty();

        empty.markFinished();

        home.requireWhole();
        assertThat(empty.strangers()).containsExactly("postgres");
    }

    @Test
    void beginsAnewAfterARestoreThatDidNotEnd() throws IOException {
        empty.markUnfinished();
        put("data/postgres/old", "old");

        new EmptyHome(home).markUnfinished();

        assertThat(home.data()).isDirectoryNotContaining("glob:**postgres");
        assertThat(home.lock()).exists();
    }

    @Test
    void isAsItWasWhenARestoreFails() throws IOException {
        Files.writeString(home.etc().resolve("http.properties"), "port=1");
        empty.markUnfinished();
        put("etc/http.properties", "port=2");
        put("etc/plugins/shop.json", "{}");
        put("data/db-key", "key");
        InputStream broken = new FilterInputStream(InputStream.nullInputStream()) {
            @Override
            public int read(byte[] buffer, int from, int length) throws IOException {
                throw new IOException("No space left on device");
            }
        };
        assertThatThrownBy(() -> empty.put("plugins/shop.jar", broken)).isInstanceOf(IOException.class);

        empty.clear();

        assertThat(empty.strangers()).isEmpty();
        assertThat(home.plugins()).isEmptyDirectory();
        assertThat(home.etc().resolve("plugins/shop.json")).doesNotExist();
        assertThat(home.etc().resolve("http.properties")).hasContent("port=1");
        home.requireWhole();
    }

    @Test
    void takesAwayAlsoWhatLiesOnAnotherDisk(@TempDir Path disk) throws IOException {
        Files.move(home.data(), disk.resolve("data"));
        Files.createSymbolicLink(home.data(), disk.resolve("data"));
        put("data/postgres/base/1", "row");

        empty.clear();

        assertThat(empty.strangers()).isEmpty();
        assertThat(home.lock()).exists();
    }

    private void put(String name, String content) throws IOException {
        empty.put(name, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }

    private String permissions(String name) throws IOException {
        return PosixFilePermissions.toString(
                Files.getPosixFilePermissions(home.data().resolve(name)));
    }
}
