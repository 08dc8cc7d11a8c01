package io.caracal.datasets;

import static java.util.stream.Collectors.toUnmodifiableSet;

import java.util.Collection;
import java.util.Set;
import java.util.function.Predicate;

/// What whoever made a data set keeps from training: CIFAR-10's test batch, class folders in a folder `test`, `val`,
/// `valid` or `validation`.
public record Reserved(Set<Example> validation, Set<Example> test) {
    /// Nobody said so.
    public static final Reserved NONE = new Reserved(Set.of(), Set.of());

    public Reserved {
        validation = Set.copyOf(validation);
        test = Set.copyOf(test);
    }

    /// None where nothing would be left to train on.
    static Reserved of(Collection<Example> examples, Predicate<Example> validation, Predicate<Example> test) {
        Reserved reserved = new Reserved(chosen(examples, validation), chosen(examples, test));
        return reserved.validation.size() + reserved.test.size() < examples.size() ? reserved : NONE;
    }

    /// Those that are among the examples of a smaller set.
    Reserved among(Collection<Example> examples) {
        return of(examples, validation::contains, test::contains);
    }

    private static Set<Example> chosen(Collection<Example> examples, Predicate<Example> which) {
        return examples.stream().filter(which).collect(toUnmodifiableSet());
    }
}
