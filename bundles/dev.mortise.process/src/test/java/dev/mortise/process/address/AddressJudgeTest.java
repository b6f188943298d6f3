// SPDX-License-Identifier: Apache-2.0
package dev.mortise.process.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressJudgeTest {
    private static final String PRIVATE = "10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7";
    private static final String ANYWHERE = "0.0.0.0/0, ::/0";
    private static final OwnListener OWN = new OwnListener(8080, Optional.empty());

    private final List<String> lookedUp = new ArrayList<>();

    /** Names of this test: numbers stand for themselves. */
    private List<InetAddress> names(String host) throws UnknownHostException {
        lookedUp.add(host);
        return switch (host) {
            case "inside.example" -> List.of(InetAddress.getByName("10.1.2.3"), InetAddress.getByName("10.1.2.4"));
            case "rebound.example" -> List.of(InetAddress.getByName(lookedUp.size() == 1 ? "10.1.2.3" : "127.0.0.1"));
            case "half.example" -> List.of(InetAddress.getByName("10.1.2.3"), InetAddress.getByName("127.0.0.1"));
            case "loop.example" -> List.of(InetAddress.getByName("127.0.0.1"));
            case "none.example" -> List.of();
            default -> {
                if (!host.matches("[0-9.]+")) {
                    throw new UnknownHostException(host);
                }
                yield List.of(InetAddress.getByName(host));
            }
        };
    }

    private Verdict judge(String allowed, String url) {
        return new AddressJudge(allowed, OWN, this::names).judge(url);
    }

    private String reason(String allowed, String url) {
        return ((Verdict.Refused) judge(allowed, url)).reason();
    }

    @Test
    void keepsTheFirstAddressOfANameThatIsInside() {
        Verdict verdict = judge(PRIVATE, "HTTP://Inside.Example:9000/base/");

        Place place = ((Verdict.Good) verdict).place();
        assertThat(place.address().getHostAddress()).isEqualTo("10.1.2.3");
        assertThat(place.url())
                .isEqualTo(new BaseUrl("HTTP://Inside.Example:9000/base", false, "inside.example", 9000, "/base"));
        assertThat(lookedUp).containsExactly("inside.example");
    }

    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.7, 80, 10.0.0.7",
        "https://10.0.0.7, 443, 10.0.0.7",
        "https://10.0.0.7:80, 80, 10.0.0.7:80",
        "http://[fd12::1]:99, 99, [fd12::1]:99",
        "http://172.31.255.255/, 80, 172.31.255.255",
    })
    void knowsPortAndHostField(String url, int port, String authority) {
        BaseUrl good = ((Verdict.Good) judge(PRIVATE, url)).place().url();

        assertThat(good.port()).isEqualTo(port);
        assertThat(good.authority()).isEqualTo(authority);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://[::1]",
                "http://0.0.0.0",
                "http://127.1",
                "http://2130706433",
                "http://0x7f.1",
                "http://0x7f000001",
                "http://0177.0.0.1",
                "http://127.0.0.01",
                "http://[::ffff:127.0.0.1]",
                "http://[::ffff:7f00:1]",
                "http://[::127.0.0.1]",
                "file:///etc/passwd",
                "gopher://10.0.0.7",
                "ftp://10.0.0.7",
                "http:10.0.0.7",
                "//10.0.0.7",
                "",
                "http://user@10.0.0.7",
                "http://user:secret@10.0.0.7",
                "http://10.0.0.7#@127.0.0.1",
                "http://10.0.0.7#",
                "http://10.0.0.7?x",
                "http://127.0.0.1#@10.0.0.7",
                "http://127.0.0.1\\@10.0.0.7",
                "http://10.0.0.7\\@127.0.0.1",
                "http://half.example",
                "http://loop.example",
                "http://none.example",
                "http://unknown.example",
                "http://localhost",
                "http://inside.example.",
                "http://inside..example",
                "http://.inside.example",
                "http://in_side.example",
                "http://-inside.example",
                "http://ins\u0131de.example",
                "http://inside.example%00.example",
                "http://inside.example:0",
                "http://inside.example:",
                "http://inside.example:65536",
                "http://inside.example:+80",
                "http://inside.example:080",
                "http://inside.example/../x",
                "http://inside.example/a/%2e%2E/x",
                "http://inside.example/a//b",
                "http://inside.example/a b",
                "http://inside.example/a\r\nHost: x",
                "http://inside.example/%zz",
                "http://[fd12::1%25eth0]",
                "http://[fd12::1",
                "http://fd12::1",
                "http://[fe80::1]",
                "http://[fd00:ec2::254]",
                "http://[ff02::1]",
                "http://224.0.0.1",
                "http://255.255.255.255",
                "http://8.8.8.8",
                "http://[2001:4860:4860::8888]",
                "http://[64:ff9b::a00:7]",
            })
    void refusesWhatIsNotPlainlyInside(String url) {
        assertThat(reason(PRIVATE, url))
                .startsWith("Address '")
                .contains("' is refused: ")
                .endsWith(".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254",
                "http://169.254.0.1",
                "http://[fe80::1]",
                "http://[febf::1]",
                "http://[fd00:ec2::254]",
                "http://100.100.100.200",
                "http://0.0.0.0",
                "http://0.1.2.3",
                "http://[::]",
                "http://255.255.255.255",
                "http://240.0.0.1",
                "http://224.0.0.1",
                "http://[ff02::1]",
                "http://[::ffff:169.254.169.254]",
                "http://[64:ff9b::a9fe:a9fe]",
                "http://[2002:a9fe:a9fe::1]",
                "http://[::169.254.169.254]",
            })
    void refusesSomeWhateverIsAllowed(String url) {
        assertThat(reason(ANYWHERE, url)).contains("where no call goes");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://127.0.0.1", "http://127.9.9.9:99", "http://[::ffff:127.0.0.1]", "http://loop.example"})
    void takesLoopbackWhereTheOperatorAllowsIt(String url) {
        assertThat(judge("127.0.0.0/8", url)).isInstanceOf(Verdict.Good.class);
        assertThat(judge(ANYWHERE, "http://[::1]")).isInstanceOf(Verdict.Good.class);
    }

    @Test
    void looksANameUpOnceForTheWholeLifeOfAPlace() {
        AddressJudge judge = new AddressJudge(PRIVATE, OWN, this::names);

        Verdict first = judge.judge("http://rebound.example");
        assertThat(((Verdict.Good) first).place().address().getHostAddress()).isEqualTo("10.1.2.3");
        assertThat(lookedUp).hasSize(1);

        assertThat(judge.judge("http://rebound.example")).isInstanceOf(Verdict.Refused.class);
    }

    @Test
    void saysWhatIsRefusedAndWhatIsAllowed() {
        assertThat(reason(PRIVATE, "http://half.example"))
                .isEqualTo(
                        "Address 'http://half.example' is refused: 127.0.0.1 is none of those that remote.addresses in"
                                + " etc/process.properties allows: 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, fc00::/7.");
        assertThat(reason(PRIVATE, "gopher://x"))
                .isEqualTo("Address 'gopher://x' is refused: an instance is reached over http or https. Announce it as"
                        + " http://<host>:<port>.");
    }

    @Test
    void saysNothingThatATerminalWouldObey() {
        assertThat(reason(PRIVATE, "http://a\u001b[31m\n\u2028" + "x".repeat(900)))
                .doesNotContain("\u001b", "\n", "\u2028")
                .hasSizeLessThan(400);
    }

    @Test
    void refusesTheContainersOwnListener(@TempDir Path home) throws IOException {
        Path inUse = home.resolve("http-port");
        AddressJudge judge = new AddressJudge(ANYWHERE, new OwnListener(8080, Optional.of(inUse)), this::names);

        assertThat(judge.judge("http://127.0.0.1:8080")).isInstanceOf(Verdict.Refused.class);
        assertThat(judge.judge("http://[::1]:8080")).isInstanceOf(Verdict.Refused.class);
        assertThat(judge.judge("http://127.0.0.1:8081")).isInstanceOf(Verdict.Good.class);
        assertThat(judge.judge("http://10.0.0.7:8080")).isInstanceOf(Verdict.Good.class);

        Files.writeString(inUse, "40123\n");
        assertThat(judge.judge("http://127.0.0.1:40123"))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.reason())
                        .contains("is this container itself"));
        assertThat(judge.judge("http://127.0.0.1:8080")).isInstanceOf(Verdict.Good.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"10.0.0.0", "10.0.0/8", "10.0.0.0/33", "host/8", "fc00::/129", "10.0.0.0/8;x", "10.0.0.0/-1"})
    void refusesBlocksThatAreNone(String block) {
        assertThatThrownBy(() -> new AddressJudge(block, OWN, this::names))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + block + "'");
    }

    @Test
    void connectsToNobody() throws IOException {
        try (ServerSocket trap = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"))) {
            trap.setSoTimeout(1);
            for (String host :
                    List.of("127.0.0.1", "127.1", "[::ffff:127.0.0.1]", "2130706433", "0x7f.1", "loop.example")) {
                assertThat(judge(PRIVATE, "http://" + host + ":" + trap.getLocalPort()))
                        .isInstanceOf(Verdict.Refused.class);
            }

            assertThatThrownBy(trap::accept).isInstanceOf(java.net.SocketTimeoutException.class);
        }
    }
}
