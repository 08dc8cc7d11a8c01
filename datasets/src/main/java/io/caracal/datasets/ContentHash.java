package io.caracal.datasets;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/// The identity of a data set's content.
final class ContentHash {

    private ContentHash() {}

    static String of(ImageSet set) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
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
}
