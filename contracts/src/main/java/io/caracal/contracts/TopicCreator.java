package io.caracal.contracts;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;

/// Creates topics that are not there yet. A topic that exists stays as it is, whatever its settings.
public final class TopicCreator {
    private final Admin admin;

    /// @param admin stays the caller's to close
    public TopicCreator(Admin admin) {
        this.admin = admin;
    }

    /// Creates the missing topics, replicated as the cluster's default says.
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
        return created;
    }

    private static NewTopic newTopic(TopicSpec spec) {
        return new NewTopic(spec.name(), Optional.of(spec.partitions()), Optional.empty()).configs(spec.settings());
    }
}
