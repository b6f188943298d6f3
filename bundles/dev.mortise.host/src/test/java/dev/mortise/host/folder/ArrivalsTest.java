// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.host.zip.ZipDirectory.Reading;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ArrivalsTest {
    private static final Instant START = Instant.parse("2026-11-21T12:00:00Z");
    private static final Path A = Path.of("a.jar");
    private static final Path B = Path.of("b.jar");
    private static final Path C = Path.of("c.jar");
    private static final Reading WHOLE = new Reading.Whole(List.of());

    private final Map<Path, Reading> shapes = new HashMap<>();
    private final Map<Path, Stamp> disk = new TreeMap<>();
    private final Arrivals arrivals = new Arrivals(
            new Pace(Duration.ofMillis(150), Duration.ofSeconds(1)), path -> shapes.getOrDefault(path, WHOLE));
    private long clock;

    @BeforeEach
    void theFolderIsEmptyAtFirst() {
        look();
    }

    @Test
    void takesOneRenamedFileAtOnce() {
        put(A, 10, Duration.ofHours(1));

        assertThat(look()).isEmpty();
        assertThat(after(Duration.ofMillis(19))).containsEntry(A, Condition.COMPLETE);
    }

    @Test
    void givesAFreshlyWrittenFileAMomentToGoOn() {
        put(A, 10, Duration.ZERO);

        assertThat(look()).isEmpty();
        assertThat(after(Duration.ofMillis(40))).isEmpty();
        assertThat(after(Duration.ofMillis(11))).containsEntry(A, Condition.COMPLETE);
    }

    @Test
    void tellsTogetherWhatCameTogether() {
        put(A, 10, Duration.ofHours(1));
        look();
        put(B, 10, Duration.ofHours(1));
        advance(Duration.ofMillis(10));
        look();

        assertThat(after(Duration.ofMillis(149))).isEmpty();
        assertThat(after(Duration.ofMillis(1)))
                .containsEntry(A, Condition.COMPLETE)
                .containsEntry(B, Condition.COMPLETE);
    }

    @Test
    void doesNotGatherForEver() {
        Map<Path, Condition> told = Map.of();
        int rounds = 0;
        while (told.isEmpty()) {
            put(Path.of(rounds++ + ".jar"), 10, Duration.ofHours(1));
            told = after(Duration.ofMillis(100));
        }

        assertThat(rounds).isBetween(7, 9);
    }

    @Test
    void showsAGrowingFileAndTakesItWhenItIsWhole() {
        shapes.put(A, new Reading.CutOff());
        put(A, 1, Duration.ZERO);
        assertThat(look()).containsEntry(A, Condition.INCOMING);

        for (int size = 2; size < 40; size++) {
            put(A, size, Duration.ZERO);
            assertThat(after(Duration.ofSeconds(1))).isEmpty();
        }
        shapes.put(A, WHOLE);
        put(A, 40, Duration.ZERO);
        look();

        assertThat(after(Duration.ofMillis(51))).containsEntry(A, Condition.COMPLETE);
    }

    @Test
    void rejectsAFileThatIsNoZipWithinTwoSeconds() {
        shapes.put(A, new Reading.NoZip());
        put(A, 10, Duration.ZERO);
        assertThat(look()).containsEntry(A, Condition.INCOMING);

        assertThat(after(Duration.ofSeconds(1))).containsEntry(A, Condition.REJECTED);
    }

    @Test
    void rejectsACutOffFileAndTakesItWhenItIsCompletedLater() {
        shapes.put(A, new Reading.CutOff());
        put(A, 10, Duration.ZERO);
        look();
        assertThat(after(Duration.ofMillis(1999))).isEmpty();
        assertThat(after(Duration.ofMillis(1))).containsEntry(A, Condition.REJECTED);

        shapes.put(A, WHOLE);
        put(A, 20, Duration.ofHours(1));
        look();

        assertThat(after(Duration.ofMillis(51))).containsEntry(A, Condition.COMPLETE);
    }

    @Test
    void keepsTellingOfACompleteFileWhileAWholeOneTakesItsPlace() {
        put(A, 10, Duration.ofHours(1));
        look();
        after(Duration.ofMillis(20));
        put(B, 10, Duration.ofHours(1));
        put(A, 11, Duration.ofHours(1));
        look();

        assertThat(after(Duration.ofMillis(20))).isEmpty();
        assertThat(after(Duration.ofMillis(150))).containsOnlyKeys(A, B);
    }

    @Test
    void forgetsARemovedFileAfterAMoment() {
        put(A, 10, Duration.ofHours(1));
        look();
        after(Duration.ofMillis(20));
        disk.remove(A);

        assertThat(look()).isEmpty();
        assertThat(lookForChange(Duration.ofMillis(100))).hasValue(Map.of());
    }

    @Test
    void doesNotNoticeAFileThatIsReplacedByRemovingItFirst() {
        put(A, 10, Duration.ofHours(1));
        look();
        after(Duration.ofMillis(20));
        disk.remove(A);
        look();
        put(A, 12, Duration.ofHours(1));
        after(Duration.ofMillis(30));

        assertThat(after(Duration.ofMillis(20))).containsExactly(Map.entry(A, Condition.COMPLETE));
    }

    @Test
    void readsAFileAgainThatCouldNotBeRead() {
        shapes.put(A, new Reading.Unreadable("no right"));
        put(A, 10, Duration.ofHours(1));
        look();
        assertThat(after(Duration.ofSeconds(2))).containsEntry(A, Condition.REJECTED);

        shapes.put(A, WHOLE);
        after(Duration.ofSeconds(1));

        assertThat(after(Duration.ofMillis(20))).containsEntry(A, Condition.COMPLETE);
    }

    @Test
    void saysWhenItWantsToLookAgain() {
        assertThat(arrivals.nextLook(now())).isEmpty();
        put(A, 10, Duration.ofHours(1));
        look();
        assertThat(arrivals.nextLook(now())).hasValue(Duration.ofNanos(18_750_000));

        shapes.put(C, new Reading.NoZip());
        disk.remove(A);
        put(C, 10, Duration.ofHours(1));
        look();

        assertThat(arrivals.nextLook(now())).hasValue(Duration.ofSeconds(1));
    }

    @Test
    void takesEverythingAtOnceThatLiesThereAtTheStart() {
        Arrivals fresh = new Arrivals(new Pace(Duration.ofMillis(150), Duration.ofSeconds(1)), path -> WHOLE);
        put(A, 10, Duration.ZERO);
        put(B, 10, Duration.ZERO);

        assertThat(fresh.look(disk, now()))
                .hasValueSatisfying(told -> assertThat(told).containsOnlyKeys(A, B));
    }

    private void put(Path path, long size, Duration writtenBefore) {
        disk.put(path, new Stamp(size, FileTime.from(now().wall().minus(writtenBefore)), "inode"));
    }

    private void advance(Duration time) {
        clock += time.toNanos();
    }

    private Map<Path, Condition> after(Duration time) {
        return lookForChange(time).orElse(Map.of());
    }

    private Map<Path, Condition> look() {
        return after(Duration.ZERO);
    }

    private Optional<Map<Path, Condition>> lookForChange(Duration time) {
        advance(time);
        return arrivals.look(new TreeMap<>(disk), now()).map(told -> {
            Map<Path, Condition> conditions = new TreeMap<>();
            told.forEach((path, file) -> conditions.put(path, file.condition()));
            return conditions;
        });
    }

    private Moment now() {
        return new Moment(clock, START.plusNanos(clock));
    }
}
