package io.caracal.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.caracal.ingest.AlwaysThere;
import io.caracal.ingest.DrawnImage;
import io.caracal.ingest.InMemoryProfile;
import io.caracal.ingest.admit.Intake;
import io.caracal.ingest.publish.InFlight;
import io.caracal.testing.ThreadCheck;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.reactive.messaging.memory.InMemoryConnector;
import io.smallrye.reactive.messaging.memory.InMemorySink;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.spi.Connector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@TestProfile(InMemoryProfile.class)
class FolderSourceTest {
    private static final Duration INTERVAL = Duration.ofMillis(20);

    @TempDir
    Path folder;

    @Inject
    @Connector("smallrye-in-memory")
    InMemoryConnector connector;

    @Inject
    Intake intake;

    @Inject
    InFlight inFlight;

    @Inject
    AlwaysThere kafka;

    private ThreadCheck threads;
    private FolderSource source;

    @BeforeEach
    void start() {
        kafka.recovered();
        sink().clear();
        threads = ThreadCheck.of("ingest-folder");
        source = source(FolderSettings.After.MOVE);
        source.start();
    }

    @AfterEach
    void stop() {
        source.stop();
        source.stop();
        threads.close();
        assertThat(inFlight.bytes()).isZero();
    }

    @Test
    void publishesEachFileOnceAndMovesIt() throws IOException {
        // Given files at the top and below, the one below older
        byte[] first = DrawnImage.jpeg(1);
        byte[] second = DrawnImage.jpeg(2);
        put("b.jpg", first, 2_000);
        put("gate-3/a.jpg", second, 1_000);

        // When
        await().until(() -> exists("done/b.jpg") && exists("done/gate-3/a.jpg"));

        // Then
        assertThat(published()).extracting(ProducerRecord::value).containsExactlyInAnyOrder(first, second);
        assertThat(published())
                .extracting(record -> new String(record.key(), UTF_8))
                .containsExactlyInAnyOrder("folder", "gate-3");
        assertThat(exists("b.jpg")).isFalse();
    }

    @Test
    void keepsTheOrderOfASource() throws IOException {
        // Given
        source.stop();
        for (int i = 0; i < 30; i++) {
            put("gate-3/" + (100 - i) + ".jpg", DrawnImage.jpeg(i), 1_000L * i);
        }

        // When
        source = source(FolderSettings.After.DELETE);
        source.start();
        await().until(() -> published().size() == 30);

        // Then
        for (int i = 0; i < 30; i++) {
            assertThat(published().get(i).value()).isEqualTo(DrawnImage.jpeg(i));
        }
        await().until(() -> !exists("gate-3/71.jpg"));
        assertThat(exists("done")).isFalse();
    }

    @Test
    void whatIsNoImageIsPutAsideWithItsReason() throws IOException {
        // Given
        put("notes.jpg", "text".getBytes(UTF_8), 0);
        put("large.jpg", new byte[100_001], 0);
        put("empty.jpg", new byte[0], 0);

        // When
        await().until(() -> exists("rejected/notes.jpg.reason.txt")
                && exists("rejected/large.jpg.reason.txt")
                && exists("rejected/empty.jpg.reason.txt"));

        // Then
        assertThat(folder.resolve("rejected/notes.jpg.reason.txt")).content().startsWith("not-an-image: ");
        assertThat(folder.resolve("rejected/large.jpg.reason.txt"))
                .hasContent("too-many-bytes: 100001 bytes, allowed are 100000");
        assertThat(folder.resolve("rejected/empty.jpg.reason.txt")).content().startsWith("empty: ");
        assertThat(folder.resolve("rejected/notes.jpg")).hasContent("text");
        assertThat(published()).isEmpty();
    }

    @Test
    void leavesHiddenAndUnfinishedFilesAlone() throws IOException {
        // Given
        put(".hidden.jpg", DrawnImage.jpeg(1), 0);
        put("upload.jpg.part", DrawnImage.jpeg(2), 0);
        put("good.jpg", DrawnImage.jpeg(3), 0);

        // When
        await().until(() -> exists("done/good.jpg"));

        // Then
        assertThat(published()).hasSize(1);
        assertThat(exists(".hidden.jpg")).isTrue();
        assertThat(exists("upload.jpg.part")).isTrue();
    }

    @Test
    void anEarlierFileOfTheSameNameStays() throws IOException {
        // Given
        put("a.jpg", DrawnImage.jpeg(1), 1_000);
        await().until(() -> exists("done/a.jpg"));

        // When
        put("a.jpg", DrawnImage.jpeg(2), 2_000);
        await().until(() -> exists("done/1-a.jpg"));

        // Then
        assertThat(folder.resolve("done/a.jpg")).hasBinaryContent(DrawnImage.jpeg(1));
        assertThat(published())
                .extracting(FolderSourceTest::id)
                .doesNotHaveDuplicates()
                .hasSize(2);
    }

    @Test
    void waitsWhileKafkaIsAway() throws IOException {
        // Given
        kafka.failed("no broker");
        put("late.jpg", DrawnImage.jpeg(1), 1_000);
        await().during(INTERVAL.multipliedBy(10)).until(() -> exists("late.jpg"));

        // When
        kafka.recovered();
        await().until(() -> exists("done/late.jpg"));

        // Then
        assertThat(published()).hasSize(1);
    }

    @Test
    void aFileThatIsSeenAgainAfterARestartHasTheSameId() throws IOException {
        // Given a file that was published, and put back as a crash before the move would leave it
        put("again.jpg", DrawnImage.jpeg(1), 1_000);
        await().until(() -> exists("done/again.jpg"));
        String id = id(published().getFirst());
        source.stop();
        Files.move(folder.resolve("done/again.jpg"), folder.resolve("again.jpg"));

        // When the source starts again, in a service that remembers
        source = source(FolderSettings.After.MOVE);
        source.start();
        await().until(() -> exists("done/again.jpg"));

        // Then it was not published again, because its id is known
        assertThat(published()).extracting(FolderSourceTest::id).containsExactly(id);
    }

    @Test
    void aFolderThatIsNoneStopsTheStart() {
        var nowhere = new FolderSettings(
                Optional.of(folder.resolve("nowhere")), INTERVAL, FolderSettings.After.MOVE, "folder");
        assertThatThrownBy(() -> new FolderSource(nowhere, intake, inFlight).start())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("caracal.ingest.folder.path is ");
    }

    private FolderSource source(FolderSettings.After after) {
        return new FolderSource(new FolderSettings(Optional.of(folder), INTERVAL, after, "folder"), intake, inFlight);
    }

    private void put(String name, byte[] bytes, long modified) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Path unfinished = Files.write(file.resolveSibling("." + file.getFileName() + ".new"), bytes);
        Files.setLastModifiedTime(unfinished, FileTime.fromMillis(modified));
        Files.move(unfinished, file);
    }

    private boolean exists(String name) {
        return Files.exists(folder.resolve(name));
    }

    private InMemorySink<ProducerRecord<byte[], byte[]>> sink() {
        return connector.sink("images");
    }

    private List<ProducerRecord<byte[], byte[]>> published() {
        return sink().received().stream().map(message -> message.getPayload()).toList();
    }

    private static String id(ProducerRecord<byte[], byte[]> record) {
        return new String(record.headers().lastHeader("ce_id").value(), UTF_8);
    }
}
