package io.caracal.trainer.models;

/// What masked patch prediction hides from the model (Dosovitskiy et al. 2020, appendix B.1.2; spec 2.10). A chosen
/// patch that is neither replaced by the mask token nor by another patch stays as it is, and is asked for all the same.
///
/// @param share of the patches of an image that are chosen, rounded up; (0, 1]
/// @param token share of the chosen ones that become the mask token
/// @param random share of the chosen ones that become another patch of the same image
public record Masking(float share, float token, float random) {

    /// Half of the patches; of these 80 % masked, 10 % another patch, 10 % as they are.
    public static final Masking PAPER = new Masking(.5f, .8f, .1f);

    public Masking {
        Allowed.that(share > 0 && share <= 1, "masked.share", share, "more than 0, at most 1");
        Allowed.that(token >= 0 && token <= 1, "masked.token", token, "0 to 1");
        Allowed.that(
                random >= 0 && token + random <= 1 + 1e-6f,
                "masked.random",
                random,
                "0 or more, with masked.token at most 1 together");
    }

    /// How many of the patches of an image are chosen.
    public int chosen(int patches) {
        // A share like 0.1 is a little more than that as a float, which must not choose one more.
        return (int) Math.ceil(patches * (double) share - 1e-4);
    }
}
