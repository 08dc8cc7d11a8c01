package io.caracal.contracts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates topics that are not there yet. A topic that exists stays as it is, whatever its settings.
public final class TopicCreator {
    private final Admin admin;

    /// @param admin stays the caller's to close
    public TopicCreator(Admin admin) {
        this.admin = admin;
    }

    /// Creates the missing topics, replicated as the cluster's default says, and waits until every partition of them
    /// answers. Kafka says that a topic is created before its leaders accept records. A producer whose first batch
    /// comes in between and is refused while its second is accepted can never again send the first: it fails with
    /// `OUT_OF_ORDER_SEQUENCE_NUMBER` until its delivery timeout, two minutes by default.
    ///
    /// @return the names of those that were created
    /// @throws ExecutionException if a topic could not be created; its cause is Kafka's error
    public List<String> createMissing(Collection<TopicSpec> specs) throws ExecutionException, InterruptedException {
        var result =
                admin.createTopics(specs.stream().map(TopicCreator::newTopic).toList());
        var created = new ArrayList<String>();
        for (TopicSpec spec : specs) {
            try {
                result.values().get(spec.name()).get();
                created.add(spec.name());
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        awaitLeaders(specs.stream().filter(spec -> created.contains(spec.name())));
        return created;
    }

    private void awaitLeaders(Stream<TopicSpec> specs) throws ExecutionException, InterruptedException {
        var partitions = specs.flatMap(spec -> IntStream.range(0, spec.partitions())
                        .mapToObj(partition -> new TopicPartition(spec.name(), partition)))
                .collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        // The leader itself is asked, and asked again while it does not lead.
        admin.listOffsets(partitions).all().get();
    }

    private static NewTopic newTopic(TopicSpec spec) {
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty()).configs(spec.settings());
    }
}
