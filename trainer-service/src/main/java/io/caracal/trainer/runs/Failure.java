package io.caracal.trainer.runs;

import io.caracal.scoring.ModelException;
import io.caracal.trainer.data.DataException;
import io.caracal.trainer.fit.DivergedException;
import io.caracal.trainer.release.ReleaseException;
import java.io.IOException;

/// What a person is told of an exception that ended a run or a command.
public final class Failure {

    private Failure() {}

    /// Whether the message alone tells what is wrong, because it is about the input and not about the program.
    public static boolean isExpected(Throwable failure) {
        return failure instanceof IOException
                || failure instanceof IllegalArgumentException
                || failure instanceof DataException
                || failure instanceof DivergedException
                || failure instanceof ReleaseException
                || failure instanceof ModelException;
    }

    /// One line.
    public static String oneLine(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        String line = message.lines().findFirst().orElse("");
        if (failure instanceof IOException io && !named(io)) {
            // Those of java.nio.file have no more than a path for a message.
            return io.getClass().getSimpleName() + ": " + line;
        }
        return isExpected(failure) && !line.isEmpty()
                ? line
                : "internal error: " + failure.getClass().getSimpleName() + (line.isEmpty() ? "" : ": " + line);
    }

    private static boolean named(IOException failure) {
        return !failure.getClass().getName().startsWith("java.");
    }
}
