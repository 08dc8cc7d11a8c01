package io.caracal.trainer.fit;

import io.caracal.trainer.tensor.Weight;
import java.util.regex.Pattern;

/// Which weights decay: by timm's rule all matrices and kernels, but no norms and biases (all that has one
/// dimension), no position tables and no tokens (spec 2.0).
final class WeightDecay {
    private static final Pattern POSITION_OR_TOKEN = Pattern.compile(
            "(.*\\.)?((pos_embed|rel_pos)\\..*|pos_embed[^.]*|[^.]*_pos|positional_[^.]*|relative_position[^.]*|[^.]*_token)");

    private WeightDecay() {}

    /// @param name as [Layer#weights][io.caracal.trainer.nn.Layer#weights] has it
    static boolean applies(String name, Weight weight) {
        return weight.shape().length > 1 && !POSITION_OR_TOKEN.matcher(name).matches();
    }
}
