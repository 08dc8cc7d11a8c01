package io.caracal.contracts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/// Short texts in Kafka headers and keys, where anybody can put any bytes.
final class HeaderText {
    /// An id or a source is repeated in each outcome, so it must not be able to make one too large for its topic.
    static final int MAX_LENGTH = 256;

    private HeaderText() {}

    /// The last header of this name, if it is a usable text.
    static Optional<String> read(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null ? Optional.empty() : decode(header.value());
    }

    /// Valid UTF-8 of 1 to [#MAX_LENGTH] characters, not blank, without control characters; else empty.
    static Optional<String> decode(byte[] bytes) {
        if (bytes == null || bytes.length > 4 * MAX_LENGTH) {
            return Optional.empty();
        }
        try {
            return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString())
                    .filter(HeaderText::isUsable);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    static boolean isUsable(String text) {
        return !text.isBlank() && text.length() <= MAX_LENGTH && text.chars().noneMatch(Character::isISOControl);
    }

    static void write(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(UTF_8));
    }
}
