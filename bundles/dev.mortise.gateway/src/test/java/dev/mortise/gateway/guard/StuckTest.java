// SPDX-License-Identifier: Apache-2.0
package dev.mortise.gateway.guard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StuckTest {
    private final Stuck stuck = new Stuck(2);
    private final Stuck.Share share = new Stuck.Share();

    @Test
    void countsHandlersThatRunOnAfterTheirCallersWereAnswered() {
        Stuck.Handler first = stuck.new Handler(share);
        Stuck.Handler second = stuck.new Handler(share);
        first.late();
        assertThat(stuck.full()).isFalse();
        second.late();
        assertThat(stuck.full()).isTrue();
        assertThat(share.count()).isEqualTo(2);
        first.ended();
        second.ended();
        assertThat(stuck.count()).isZero();
        assertThat(share.count()).isZero();
    }

    @Test
    void oneThatEndedInTimeNeverCounts() {
        Stuck.Handler handler = stuck.new Handler(share);
        handler.ended();
        handler.late(); // the timer was on its way already
        assertThat(stuck.count()).isZero();
        assertThat(share.count()).isZero();
    }
}
