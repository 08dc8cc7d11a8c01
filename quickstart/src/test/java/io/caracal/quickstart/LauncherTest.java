package io.caracal.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script `caracal`, among JDKs and a Maven that only pretend.
class LauncherTest {
    private static final List<String> ARTIFACTS = List.of(
            "quickstart/target/quickstart.jar",
            "trainer-service/target/quarkus-app/quarkus-run.jar",
            "inference-service/target/quarkus-app/quarkus-run.jar",
            "ingest-service/target/quarkus-app/quarkus-run.jar");

    @TempDir
    Path folder;

    private Path home;
    private Path script;
    private final Map<String, String> environment = new HashMap<>();

    private record Ran(int exitCode, String out, String err) {}

    @BeforeEach
    void prepare() throws IOException {
        home = Files.createDirectories(folder.toRealPath().resolve("home of caracal"));
        script = Files.copy(ProjectFolder.find().resolve("caracal"), home.resolve("caracal"));
        Files.createDirectories(home.resolve("imaging/src/main/java"));
        environment.put("CARACAL_JDKS", folder.resolve("jdks").toString());
        environment.put("PATH", folder.resolve("bin") + ":/usr/bin:/bin");
        environment.put("HOME", folder.toString());
    }

    @Test
    void takesTheFirstJdkThatIsNewEnough() throws Exception {
        // Given
        jdk("a-17", "17");
        jdk("b-25", "25");
        built();

        // When
        Ran ran = run(folder, script, "up", "--once");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out())
                .contains("java of b-25")
                .contains("-Dcaracal.root=" + home)
                .contains("-jar " + home + "/quickstart/target/quickstart.jar up --once");
    }

    @Test
    void javaHomeComesFirst() throws Exception {
        // Given
        jdk("b-25", "25");
        environment.put("JAVA_HOME", jdk("mine", "26").toString());
        built();

        // When
        Ran ran = run(folder, script, "up");

        // Then
        assertThat(ran.out()).contains("java of mine");
    }

    @Test
    void saysInOneLineWhichJdksItFound() throws Exception {
        // Given an old one, one of before Java 9, and a runtime without compiler
        Path old = jdk("a-17", "17");
        jdk("b-8", "1.8");
        Files.delete(jdk("c-25-jre", "25").resolve("bin/javac"));

        // When
        Ran ran = run(folder, script, "up");

        // Then
        assertThat(ran.exitCode()).isEqualTo(1);
        assertThat(ran.err().lines())
                .singleElement()
                .asString()
                .startsWith("caracal: no JDK 25 or newer; found Java 17 in " + old + ", Java 1.8 in ")
                .doesNotContain("jre");
    }

    @Test
    void buildsWhatIsMissingAndThenNoMore() throws Exception {
        // Given
        jdk("b-25", "25");
        maven();

        // When
        Ran first = run(folder, script, "up");
        Ran second = run(folder, script, "up");

        // Then
        assertThat(first.exitCode()).as(first.err()).isZero();
        assertThat(first.err()).contains("caracal: building").contains("caracal: [2/12] imaging");
        assertThat(second.err()).isEmpty();
        assertThat(mavenCalls()).containsExactly("-B -ntp -Dquick -Dmaven.test.skip=true package");
    }

    @ParameterizedTest
    @ValueSource(strings = {"imaging/src/main/java/A.java", "imaging/pom.xml", "pom.xml"})
    void buildsAgainWhenASourceIsNewer(String source) throws Exception {
        // Given
        jdk("b-25", "25");
        maven();
        built();
        Files.writeString(home.resolve(source), "changed");

        // When
        run(folder, script, "up");

        // Then
        assertThat(mavenCalls()).hasSize(1);
    }

    @Test
    void aFailedBuildIsShownAndTriedAgainNextTime() throws Exception {
        // Given
        jdk("b-25", "25");
        executable("bin/mvn", "echo '[ERROR] cannot find symbol'; echo called >> '" + folder + "/calls'; exit 1");

        // When
        Ran first = run(folder, script, "up");
        run(folder, script, "up");

        // Then
        assertThat(first.exitCode()).isEqualTo(1);
        assertThat(first.err()).contains("cannot find symbol").contains("caracal: the build failed");
        assertThat(mavenCalls()).hasSize(2);
    }

    @Test
    void worksThroughALinkFromAnotherFolderAndStaysThere() throws Exception {
        // Given
        jdk("b-25", "25");
        built();
        Path link = Files.createSymbolicLink(folder.resolve("link"), script);
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));

        // When
        Ran ran = run(elsewhere, link, "evaluate", "--data", "pets.zip");

        // Then
        assertThat(ran.out())
                .contains("in " + elsewhere.toRealPath())
                .contains(home + "/trainer-service/target/quarkus-app/app/*")
                .contains("io.caracal.trainer.cli.TrainerCommand evaluate --data pets.zip");
    }

    @Test
    void setsForTheTrainerWhatTheUserHasNotSet() throws Exception {
        // Given
        jdk("b-25", "25");
        built();
        environment.put("MALLOC_TOP_PAD_", "7");
        environment.put("JDK_JAVA_OPTIONS", "-Dai.djl.offline=false");

        // When
        Ran ran = run(folder, script, "train");

        // Then
        assertThat(ran.out())
                .contains("MALLOC_ARENA_MAX=1\n")
                .contains("MALLOC_TOP_PAD_=7\n")
                .contains("OPT_OUT_TRACKING=true\n")
                .contains("--enable-native-access=ALL-UNNAMED")
                .doesNotContain("ai.djl.offline=true");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "train"})
    void versionIsThatOfThePom(String verb) throws Exception {
        // Given
        Files.writeString(
                home.resolve("pom.xml"), "<project>\n  <version>1.2</version>\n  <version>3</version>\n</project>\n");

        // When
        Ran ran = verb.isEmpty() ? run(folder, script, "--version") : run(folder, script, verb, "--version");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).isEqualTo("caracal 1.2\n");
    }

    @Test
    void helpNeedsNothing() throws Exception {
        // Given no JDK at all

        // When
        Ran ran = run(folder, script, "--help");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(ran.out()).contains("up ", "train ", "evaluate ", "classify ", "test ");
        assertThat(run(folder, script, "launch").err())
                .isEqualTo("caracal: no such verb: launch (see ./caracal --help)\n");
    }

    @Test
    void testRunsEverything() throws Exception {
        // Given
        jdk("b-25", "25");
        maven();

        // When
        Ran ran = run(folder, script, "test", "-o");

        // Then
        assertThat(ran.exitCode()).isZero();
        assertThat(mavenCalls()).containsExactly("-B -ntp verify -o");
    }

    /// A JDK whose java tells its release, or what it was called with.
    private Path jdk(String name, String release) throws IOException {
        executable("jdks/" + name + "/bin/java", """
                case "$*" in
                *-version*) echo '    java.specification.version = %s' >&2 ;;
                *) echo "java of %s in $PWD: $*"; env | grep -E '^(MALLOC|OPT)' ;;
                esac
                exit 0""".formatted(release, name));
        executable("jdks/" + name + "/bin/javac", "exit 0");
        return folder.resolve("jdks/" + name);
    }

    /// A Maven that writes down how it was called and makes the artifacts.
    private void maven() throws IOException {
        StringBuilder commands = new StringBuilder("echo \"$@\" >> '" + folder + "/calls'\n");
        commands.append("echo '[INFO] Building imaging 0.1.0-SNAPSHOT      [2/12]'\n");
        for (String artifact : ARTIFACTS) {
            commands.append("mkdir -p \"$(dirname '%s')\"; touch '%s'\n".formatted(artifact, artifact));
        }
        executable("bin/mvn", commands.toString());
    }

    /// As after a build, a minute ago.
    private void built() throws IOException {
        List<String> files = new ArrayList<>(ARTIFACTS);
        files.add("target/caracal.stamp");
        for (String file : files) {
            Files.createDirectories(home.resolve(file).getParent());
            Files.writeString(home.resolve(file), "");
        }
        for (String source : List.of("imaging/src/main/java", "imaging/src/main")) {
            Files.setLastModifiedTime(
                    home.resolve(source), FileTime.from(Instant.now().minusSeconds(120)));
        }
        Files.setLastModifiedTime(
                home.resolve("target/caracal.stamp"),
                FileTime.from(Instant.now().minusSeconds(60)));
    }

    private List<String> mavenCalls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private void executable(String name, String commands) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/bash\n" + commands + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private Ran run(Path workingFolder, Path launcher, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        var builder = new ProcessBuilder(command)
                .directory(workingFolder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Ran(exitCode, Files.readString(out, UTF_8), Files.readString(err, UTF_8));
    }
}
