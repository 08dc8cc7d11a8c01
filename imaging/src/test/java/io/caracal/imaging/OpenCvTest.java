package io.caracal.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenCvTest {

    @Test
    void saysInOneLineWhyItCannotBeLoaded(@TempDir Path folder) throws IOException, InterruptedException {
        // Given: wherever JavaCPP may unpack its libraries there is a file, not a folder
        Path file = Files.createFile(folder.resolve("file"));
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Dorg.bytedeco.javacpp.cachedir=" + file,
                        "-Duser.home=" + file,
                        "-Djava.io.tmpdir=" + file,
                        "-cp",
                        System.getProperty("java.class.path"),
                        Opening.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD);

        // When
        Process child = process.start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        // Then: the same for the first and the second try
        assertThat(child.waitFor()).isZero();
        assertThat(output.lines())
                .hasSize(2)
                .allSatisfy(
                        line -> assertThat(line)
                                .startsWith("OpenCV cannot be loaded: ")
                                .endsWith(
                                        "-Dorg.bytedeco.javacpp.cachedir=FOLDER names another folder, which must be writable)"));
    }

    /// Tries twice to open a decoder.
    static final class Opening {
        private Opening() {}

        public static void main(String[] args) {
            for (int i = 0; i < 2; i++) {
                try {
                    new ImageDecoder(Limits.DEFAULTS, Preprocessing.squash(2, 2, Filter.LINEAR)).close();
                    System.out.println("loaded");
                } catch (IllegalStateException e) {
                    System.out.println(e.getMessage());
                }
            }
        }
    }
}
