package io.caracal.trainer.cli;

import java.util.Optional;

/// The revision of this program, which whoever builds or starts it may tell: environment variable `CARACAL_REVISION`.
final class Revision {

    private Revision() {}

    static Optional<String> known() {
        return Optional.ofNullable(System.getenv("CARACAL_REVISION")).filter(value -> !value.isBlank());
    }
}
