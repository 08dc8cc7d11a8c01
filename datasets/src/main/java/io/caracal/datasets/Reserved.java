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

    static Reserved of(Collection<Example> examples, Predicate<Example> validation, Predicate<Example> test) {
        return new Reserved(chosen(examples, validation), chosen(examples, test));
    }

    private static Set<Example> chosen(Collection<Example> examples, Predicate<Example> which) {
        return examples.stream().filter(which).collect(toUnmodifiableSet());
    }

    /// Those that are among the examples of a smaller set.
    Reserved among(Collection<Example> examples) {
        return of(examples, validation::contains, test::contains);
    }

    public int size() {
        return validation.size() + test.size();
    }

    /// Whether it is kept from training.
    public boolean contains(Example example) {
        return validation.contains(example) || test.contains(example);
    }
}
