// SPDX-License-Identifier: Apache-2.0
package dev.mortise.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mortise.api.error.ErrorCode;
import org.junit.jupiter.api.Test;

class RefusalTest {
    @Test
    void isAProblemDocument() {
        assertThat(new Refusal(ErrorCode.BAD_PATH, "No.").json())
                .matches("\\{\"type\":\"about:blank\",\"title\":\"Bad Request\",\"status\":400,\"code\":\"BAD_PATH\","
                        + "\"detail\":\"No.\",\"requestId\":\"[0-9a-f]{16}\"}");
    }

    @Test
    void escapesWhatJsonAndTerminalsWouldMisread() {
        assertThat(new Refusal(ErrorCode.BAD_PATH, "a\"b\\c\r\n\u001b\u2028").json())
                .contains("\"detail\":\"a\\\"b\\\\c\\u000d\\u000a\\u001b\\u2028\"");
    }

    @Test
    void hasAnIdOfItsOwn() {

        assertThat(new Refusal(ErrorCode.BAD_PATH, "No.").json())
                .isNotEqualTo(new Refusal(ErrorCode.BAD_PATH, "No.").json());
    }
}
