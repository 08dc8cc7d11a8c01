package io.caracal.datasets;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toSet;

import io.caracal.datasets.ImageSet.Skipped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which label each file has. From a listing, two layouts are understood: a folder per class, where the deepest folder
/// level that holds images gives the label, and files named `label.N.jpg`.
///
/// @param reserved see [ImageSet#reserved]
record Layout(List<Example> examples, List<String> labels, List<Skipped> skipped, Reserved reserved) {
    private static final Pattern NAMED_BY_CLASS = Pattern.compile("([^.]+)\\.\\d+\\.[^.]+");
    private static final Set<String> VALIDATION = Set.of("val", "valid", "validation");
    private static final Set<String> TEST = Set.of("test");

    static Layout of(Listing listing, Path place) throws DataSetException {
        List<String> images = listing.images();
        if (images.isEmpty()) {
            throw new DataSetException("no images in " + place + "; " + ImageSets.ACCEPTED);
        }
        List<Example> examples = namedByClass(images, place);
        if (!examples.isEmpty()) {
            return of(examples, listing.skipped(), place);
        }
        return of(folderPerClass(listing, place), listing.skipped(), place).reserving(in(VALIDATION), in(TEST));
    }

    /// How labels are found in a listing.
    interface Labelling {
        Layout of(Listing listing, Path place) throws DataSetException;
    }

    /// All images, wherever they lie and whatever they are called, with the same empty label. Reserved are those that
    /// are with labels too.
    static Layout unlabelled(Listing listing, Path place) throws DataSetException {
        if (listing.images().isEmpty()) {
            throw new DataSetException("no images in " + place + "; accepted are a folder or zip of images, a .csv file"
                    + " of path,label, and a folder with CIFAR-10's binary files");
        }
        Layout layout = new Layout(
                listing.images().stream()
                        .map(entry -> new Example(entry, ""))
                        .sorted(comparing(Example::entry))
                        .toList(),
                List.of(""),
                listing.skipped(),
                Reserved.NONE);
        // The same as with labels, so that what is learnt of these images never is in a test.
        List<Example> named = named(listing.images());
        boolean byName = named.size() == layout.examples.size() && tellClasses(named);
        return byName ? layout : layout.reserving(in(VALIDATION), in(TEST));
    }

    /// @param examples in any order
    static Layout of(List<Example> examples, List<Skipped> skipped, Path place) throws DataSetException {
        if (examples.isEmpty()) {
            throw new DataSetException("no images in " + place + "; " + ImageSets.ACCEPTED);
        }
        List<String> labels =
                examples.stream().map(Example::label).distinct().sorted().toList();
        if (labels.size() < 2) {
            throw new DataSetException("only one class in " + place + ": every image is labelled '" + labels.getFirst()
                    + "'; " + ImageSets.ACCEPTED);
        }
        return new Layout(
                examples.stream().sorted(comparing(Example::entry)).toList(),
                labels,
                List.copyOf(skipped),
                Reserved.NONE);
    }

    /// Nothing is reserved where nothing would be left to train on.
    Layout reserving(Predicate<Example> validation, Predicate<Example> test) {
        Reserved found = Reserved.of(examples, validation, test);
        return new Layout(examples, labels, skipped, found.size() < examples.size() ? found : Reserved.NONE);
    }

    /// Empty unless files of several classes share a folder, told apart by `label.N.jpg`.
    private static List<Example> namedByClass(List<String> images, Path place) throws DataSetException {
        List<Example> examples = named(images);
        if (!tellClasses(examples)) {
            return List.of();
        }
        if (examples.size() < images.size()) {
            Set<String> named = examples.stream().map(Example::entry).collect(toSet());
            String other = images.stream()
                    .filter(entry -> !named.contains(entry))
                    .findFirst()
                    .orElseThrow();
            throw new DataSetException("ambiguous layout in " + place + ": "
                    + examples.getFirst().entry() + " is named by its class, " + other + " is not");
        }
        return examples;
    }

    private static List<Example> named(List<String> images) {
        List<Example> examples = new ArrayList<>();
        for (String entry : images) {
            Matcher name = NAMED_BY_CLASS.matcher(entry.substring(entry.lastIndexOf('/') + 1));
            if (name.matches()) {
                examples.add(new Example(entry, name.group(1)));
            }
        }
        return examples;
    }

    /// Whether names tell classes apart: a folder has several.
    private static boolean tellClasses(List<Example> named) {
        Map<String, Set<String>> labelsByFolder =
                named.stream().collect(groupingBy(Example::folder, mapping(Example::label, toSet())));
        return labelsByFolder.values().stream().anyMatch(labels -> labels.size() > 1);
    }

    private static List<Example> folderPerClass(Listing listing, Path place) throws DataSetException {
        int deepest = listing.images().stream().mapToInt(Layout::depth).max().orElseThrow();
        if (deepest == 0) {
            throw new DataSetException(
                    "no labels in " + place + ": " + listing.images().getFirst()
                            + " is neither in a folder named for its class nor named label.N.jpg");
        }
        List<Example> examples = new ArrayList<>();
        List<String> above = new ArrayList<>();
        for (String entry : listing.images()) {
            if (depth(entry) == deepest) {
                String[] path = entry.split("/", -1);
                examples.add(new Example(entry, path[path.length - 2]));
            } else {
                above.add(entry);
            }
        }
        if (above.size() >= examples.size()) {
            throw new DataSetException("ambiguous layout in " + place + ": images lie at different depths, such as "
                    + above.getFirst() + " and " + examples.getFirst().entry());
        }
        requireImages(listing, examples, deepest, place);
        above.forEach(entry -> listing.skip(entry, "lies above the class folders"));
        return examples;
    }

    /// A folder beside the class folders is a class too: that none of its files can be used is a mistake.
    private static void requireImages(Listing listing, List<Example> examples, int depth, Path place)
            throws DataSetException {
        Set<String> full = examples.stream().map(Layout::folder).collect(toSet());
        Set<String> parents = full.stream().map(Layout::parent).collect(toSet());
        for (String folder : listing.folders()) {
            List<String> path = List.of(folder.split("/", -1));
            if (path.size() < depth || Listing.isHidden(path)) {
                continue;
            }
            String label = String.join("/", path.subList(0, depth));
            if (!label.isEmpty() && parents.contains(parent(label)) && !full.contains(label)) {
                String why = listing.skipped().stream()
                        .filter(file -> file.entry().startsWith(label + "/"))
                        .findFirst()
                        .map(file -> " (" + file.entry() + ": " + file.reason() + ")")
                        .orElse("");
                throw new DataSetException("no images for the label '" + path.get(depth - 1) + "' in " + place + "/"
                        + label + why + "; put some there or move the folder elsewhere");
            }
        }
    }

    /// `photos/test/cat/1.jpg` is in `test`.
    private static Predicate<Example> in(Set<String> folders) {
        return example -> {
            String above = parent(folder(example));
            return folders.contains(above.substring(above.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT));
        };
    }

    private static String folder(Example example) {
        return parent(example.entry());
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static int depth(String entry) {
        return (int) entry.chars().filter(c -> c == '/').count();
    }
}
