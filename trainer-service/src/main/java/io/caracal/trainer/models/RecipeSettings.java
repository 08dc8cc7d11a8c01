package io.caracal.trainer.models;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A recipe by the names of its settings, which are those of the records' components: `epochs`,
/// `optimizer.weightDecay`. Files, the command line and requests change recipes in this way; what may be set and to
/// what is the records' own knowledge.
public final class RecipeSettings {
    private static final JsonMapper JSON = new JsonMapper();

    private RecipeSettings() {}

    /// Every setting by its key.
    public static Map<String, String> of(Recipe recipe) {
        Map<String, String> settings = new LinkedHashMap<>();
        add("", JSON.valueToTree(recipe), settings);
        return settings;
    }

    /// Whether this speaks of a recipe, be there such a setting or not, and not of an option of an architecture.
    public static boolean isKey(String key) {
        return key.contains(".") || of(new Recipe("none", 1, 1, 1, 0)).containsKey(key);
    }

    /// A recipe with other settings. Numbers may also be given as text, because YAML takes `1e-3` for text.
    ///
    /// @param changes an object of settings, groups as objects in it
    /// @throws IllegalArgumentException in one line, if a key is unknown or a value is not allowed
    public static Recipe changed(Recipe recipe, JsonNode changes) {
        ObjectNode tree = JSON.valueToTree(recipe);
        overlay(tree, changes, "");
        follow(recipe, changes, tree);
        try {
            return JSON.treeToValue(tree, Recipe.class);
        } catch (InvalidFormatException e) {
            throw new IllegalArgumentException(
                    key(e) + " is " + e.getValue() + ", allowed is one of " + names(e.getTargetType()), e);
        } catch (JsonMappingException e) {
            throw new IllegalArgumentException(root(e).getMessage(), e);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
    }

    /// A recipe with other settings.
    ///
    /// @param keys with the groups in them: `optimizer.rule`
    /// @throws IllegalArgumentException in one line, if a key is unknown or a value is not allowed
    public static Recipe changed(Recipe recipe, Map<String, ?> keys) {
        return changed(recipe, with(JSON.createObjectNode(), keys));
    }

    /// Settings with others over them.
    ///
    /// @param keys with the groups in them: `optimizer.rule`
    public static ObjectNode with(ObjectNode settings, Map<String, ?> keys) {
        ObjectNode root = settings.deepCopy();
        keys.forEach((key, value) -> {
            String[] path = key.split("\\.", -1);
            ObjectNode group = root;
            for (String name : List.of(path).subList(0, path.length - 1)) {
                group = group.path(name) instanceof ObjectNode known ? known : group.putObject(name);
            }
            group.set(path[path.length - 1], JSON.valueToTree(value));
        });
        return root;
    }

    /// What is not changed but depends on what is: a warm-up and the epochs without mixing keep their share of all
    /// epochs, a curve that is no cosine has no floor, RandAugment takes the place of the recipe's colour jitter,
    /// and without mixup and cutmix no share of the batches is mixed.
    private static void follow(Recipe before, JsonNode changes, ObjectNode tree) {
        JsonNode changed = changes.path("schedule");
        ObjectNode schedule = (ObjectNode) tree.get("schedule");
        int epochs = tree.get("epochs").intValue();
        if (epochs != before.epochs() && !changed.has("warmUpEpochs")) {
            schedule.put("warmUpEpochs", before.schedule().warmUpEpochs() * epochs / before.epochs());
        }
        if (!schedule.get("shape").asText().equals("cosine") && !changed.has("floor")) {
            schedule.put("floor", 0f);
        }
        ObjectNode augmentation = (ObjectNode) tree.get("augmentation");
        if (augmentation.get("randAugment").intValue() > 0
                && !changes.path("augmentation").has("colorJitter")) {
            augmentation.put("colorJitter", 0.0);
        }
        boolean mixes = augmentation.get("mixup").doubleValue() > 0
                || augmentation.get("cutmix").doubleValue() > 0;
        if (!mixes && !changes.path("augmentation").has("mixing")) {
            augmentation.put("mixing", 1.0);
        }
        if (!changes.path("augmentation").has("mixingOffEpochs")) {
            long off = (long) before.augmentation().mixingOffEpochs() * epochs / before.epochs();
            augmentation.put("mixingOffEpochs", mixes ? Math.toIntExact(off) : 0);
        }
    }

    private static void add(String prefix, JsonNode node, Map<String, String> to) {
        node.properties().forEach(entry -> {
            if (entry.getValue().isObject()) {
                add(prefix + entry.getKey() + ".", entry.getValue(), to);
            } else {
                to.put(prefix + entry.getKey(), entry.getValue().asText());
            }
        });
    }

    private static void overlay(ObjectNode tree, JsonNode changes, String prefix) {
        changes.properties().forEach(change -> {
            String key = prefix + change.getKey();
            JsonNode known = tree.get(change.getKey());
            if (known == null) {
                throw new IllegalArgumentException(key + " is not a setting" + hint(key, tree, prefix)
                        + ", allowed is one of " + names(tree, prefix));
            }
            if (known instanceof ObjectNode group) {
                if (!change.getValue().isObject()) {
                    throw new IllegalArgumentException(
                            key + " is " + change.getValue().asText() + ", allowed are settings of its own: "
                                    + names(group, key + "."));
                }
                overlay(group, change.getValue(), key + ".");
            } else {
                tree.set(change.getKey(), value(key, known, change.getValue()));
            }
        });
    }

    /// A value of the kind that is known.
    private static JsonNode value(String key, JsonNode known, JsonNode given) {
        if (!given.isValueNode() || given.isNull()) {
            throw new IllegalArgumentException(key + " is " + given + ", allowed is a single value");
        }
        String text = given.asText();
        if (known.isBoolean()) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new IllegalArgumentException(key + " is " + text + ", allowed is true or false");
            }
            return JSON.getNodeFactory().booleanNode(text.equals("true"));
        }
        if (known.isTextual()) {
            return TextNode.valueOf(text);
        }
        try {
            BigDecimal number = new BigDecimal(text);
            if (known.isInt()) {
                return JSON.getNodeFactory().numberNode(number.intValueExact());
            }
            if (known.isLong()) {
                return JSON.getNodeFactory().numberNode(number.longValueExact());
            }
            return known.isDouble()
                    ? JSON.getNodeFactory().numberNode(number.doubleValue())
                    : JSON.getNodeFactory().numberNode(number.floatValue());
        } catch (ArithmeticException | NumberFormatException e) {
            throw new IllegalArgumentException(
                    key + " is " + text + ", allowed is a " + (known.isIntegralNumber() ? "whole number" : "number"),
                    e);
        }
    }

    private static String hint(String key, ObjectNode tree, String prefix) {
        return Nearest.hint(
                key,
                tree.properties().stream().map(entry -> prefix + entry.getKey()).toList());
    }

    private static String names(ObjectNode tree, String prefix) {
        return tree.properties().stream().map(entry -> prefix + entry.getKey()).collect(Collectors.joining(", "));
    }

    private static String names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> JSON.valueToTree(constant).asText())
                .collect(Collectors.joining(", "));
    }

    private static String key(JsonMappingException e) {
        return e.getPath().stream()
                .map(JsonMappingException.Reference::getFieldName)
                .collect(Collectors.joining("."));
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
