// SPDX-License-Identifier: Apache-2.0
package dev.mortise.host.folder;

import dev.mortise.host.folder.FolderFile.Condition;
import dev.mortise.host.zip.ZipDirectory.Reading;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Judges look after look what came, what went and what is still growing. A file is complete when two looks saw the same
 * stamp and its zip directory is good; what arrives together is told together. Not for several threads.
 */
final class Arrivals {
    private final Pace pace;
    private final Function<Path, Reading> reader;
    private final Map<Path, Track> tracks = new HashMap<>();
    private final Map<Path, Long> gone = new HashMap<>();
    private final Map<Path, FolderFile> told = new TreeMap<>();
    private boolean firstLook = true;
    private long gatheringSince;

    Arrivals(Pace pace, Function<Path, Reading> reader) {
        this.pace = pace;
        this.reader = reader;
    }

    /** What is known of a file that is there: its stamp, when that changed last, its shape, whether it was told. */
    private record Track(Stamp stamp, long changedAt, Reading shape, boolean told) {
        boolean whole() {
            return shape instanceof Reading.Whole || shape instanceof Reading.TooLarge;
        }

        Track asTold() {
            return new Track(stamp, changedAt, shape, true);
        }
    }

    /** Takes what a look saw; answers all files and their conditions when anything is to be told. */
    Optional<Map<Path, FolderFile>> look(Map<Path, Stamp> jars, Moment now) {
        boolean nothingGathered = pending().getCount() == 0;
        observe(jars, now);
        if (nothingGathered) {
            gatheringSince = now.nanos();
        }
        boolean news = tellUnfinished(now);
        news |= tellComplete(now);
        firstLook = false;
        return news ? Optional.of(Collections.unmodifiableMap(new TreeMap<>(told))) : Optional.empty();
    }

    /** Answers when to look again although nothing is heard. */
    Optional<Duration> nextLook(Moment now) {
        LongStream unfinished = tracks.values().stream()
                .filter(track -> !track.told() && !track.whole())
                .mapToLong(Arrivals::rejectedAt);
        LongStream complete = pending().getCount() == 0 ? LongStream.empty() : LongStream.of(dueAt(pending(), now));
        return LongStream.concat(unfinished, complete).boxed().map(now::until).min(Duration::compareTo);
    }

    private void observe(Map<Path, Stamp> jars, Moment now) {
        jars.forEach((path, stamp) -> {
            Track track = tracks.get(path);
            if (track == null || !track.stamp().equals(stamp)) {
                tracks.put(path, new Track(stamp, now.nanos(), reader.apply(path), false));
            } else if (track.shape() instanceof Reading.Unreadable) {
                readAgain(path, track, now);
            }
        });
        gone.keySet().removeAll(jars.keySet());
        tracks.keySet().retainAll(jars.keySet());
        told.keySet().stream()
                .filter(path -> !jars.containsKey(path))
                .forEach(path -> gone.putIfAbsent(path, now.nanos()));
    }

    /** A permission that is mended changes nothing of a stamp. */
    private void readAgain(Path path, Track track, Moment now) {
        Reading shape = reader.apply(path);
        if (!(shape instanceof Reading.Unreadable)) {
            tracks.put(path, new Track(track.stamp(), now.nanos(), shape, false));
        }
    }

    private boolean tellUnfinished(Moment now) {
        boolean news = false;
        for (Map.Entry<Path, Track> entry : tracks.entrySet()) {
            Track track = entry.getValue();
            if (track.told() || track.whole()) {
                continue;
            }
            boolean rejected = now.reached(rejectedAt(track));
            news |= tell(entry.getKey(), track, rejected ? Condition.REJECTED : Condition.INCOMING, now);
            entry.setValue(rejected ? track.asTold() : track);
        }
        return news;
    }

    private boolean tellComplete(Moment now) {
        LongSummaryStatistics pending = pending();
        if (pending.getCount() == 0 || !now.reached(dueAt(pending, now))) {
            return false;
        }
        boolean news = told.keySet().removeAll(gone.keySet());
        gone.clear();
        for (Map.Entry<Path, Track> entry : tracks.entrySet()) {
            Track track = entry.getValue();
            if (!track.told() && track.whole() && ripe(track, now)) {
                news |= tell(entry.getKey(), track, Condition.COMPLETE, now);
                entry.setValue(track.asTold());
            }
        }
        return news;
    }

    private boolean ripe(Track track, Moment now) {
        return firstLook || now.reached(track.changedAt() + pace.afterRename().toNanos());
    }

    private boolean tell(Path path, Track track, Condition condition, Moment now) {
        FolderFile before = told.get(path);
        boolean growing = condition == Condition.INCOMING && before != null && before.condition() == Condition.INCOMING;
        if (growing) {
            return false;
        }
        told.put(path, new FolderFile(path, track.stamp(), condition, reason(path, track, condition), now.wall()));
        return true;
    }

    /** The times of the last changes that are complete and not told. */
    private LongSummaryStatistics pending() {
        LongStream complete = tracks.values().stream()
                .filter(track -> !track.told() && track.whole())
                .mapToLong(Track::changedAt);
        return LongStream.concat(complete, gone.values().stream().mapToLong(Long::longValue))
                .summaryStatistics();
    }

    private long dueAt(LongSummaryStatistics pending, Moment now) {
        if (firstLook) {
            return now.nanos();
        }
        Duration wait = pending.getCount() > 1 ? pace.quiet() : waitForOne(now);
        return Math.min(
                pending.getMax() + wait.toNanos(),
                gatheringSince + pace.patience().toNanos());
    }

    private Duration waitForOne(Moment now) {
        if (!gone.isEmpty()) {
            return pace.afterRemoval();
        }
        boolean settled = tracks.values().stream()
                .filter(track -> !track.told() && track.whole())
                .allMatch(track ->
                        track.stamp().modified().toInstant().isBefore(now.wall().minus(Pace.SETTLED)));
        return settled ? pace.afterRename() : pace.afterWrite();
    }

    private static long rejectedAt(Track track) {
        Duration patience = track.shape() instanceof Reading.NoZip ? Pace.NO_ZIP : Pace.CUT_OFF;
        return track.changedAt() + patience.toNanos();
    }

    private static String reason(Path path, Track track, Condition condition) {
        String name = String.valueOf(path.getFileName());
        return switch (condition) {
            case COMPLETE -> "";
            case INCOMING -> name + " is still arriving: " + track.stamp().size() + " bytes so far.";
            case REJECTED -> rejection(name, track.shape());
        };
    }

    private static String rejection(String name, Reading shape) {
        if (shape instanceof Reading.Unreadable unreadable) {
            return name + " can't be read: " + unreadable.message() + ". Give Mortise's user the right to read it.";
        }
        return shape instanceof Reading.NoZip
                ? name + " is not a zip file."
                : name + " is cut off: the directory at its end is missing. It is taken as soon as it is whole.";
    }
}
