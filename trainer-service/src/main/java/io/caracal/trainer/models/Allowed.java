package io.caracal.trainer.models;

/// What settings may be; one that is not allowed is an error in one line.
final class Allowed {
    private Allowed() {}

    /// @param setting its key in a recipe
    static void that(boolean met, String setting, Object given, String allowed) {
        if (!met) {
            throw new IllegalArgumentException(setting + " is " + given + ", allowed is " + allowed);
        }
    }

    static void share(String setting, float given) {
        that(given >= 0 && given < 1, setting, given, "0 or more, less than 1");
    }
}
