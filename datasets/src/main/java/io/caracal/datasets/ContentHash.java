package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/// The identity of a data set's content.
final class ContentHash {

    private ContentHash() {}

    static String of(ImageSet set) throws IOException {
        MessageDigest digest = sha256();
        int prefix = commonFolder(set.examples()).length();
        for (Example example : set.examples()) {
            Fingerprint fingerprint = set.fingerprint(example);
            String line = "%s\t%s\t%d\t%08x\n"
                    .formatted(
                            example.label(),
                            example.entry().substring(prefix),
                            fingerprint.size(),
                            fingerprint.crc32());
            digest.update(line.getBytes(UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The deepest folder that holds all examples, with its last `/`; empty when that is the root.
    static String commonFolder(List<Example> examples) {
        String common = examples.getFirst().folder();
        for (Example example : examples) {
            while (!example.entry().startsWith(common)) {
                common = common.substring(0, common.lastIndexOf('/', common.length() - 2) + 1);
            }
        }
        return common;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
