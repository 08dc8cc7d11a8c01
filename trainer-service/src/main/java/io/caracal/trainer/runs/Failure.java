package io.caracal.trainer.runs;

import io.caracal.contracts.MalformedRecordException;
import io.caracal.scoring.ModelException;
import io.caracal.trainer.data.DataException;
import io.caracal.trainer.fit.DivergedException;
import io.caracal.trainer.release.ReleaseException;
import io.caracal.trainer.tensor.MalformedTensorsException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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
                || failure instanceof ModelException
                || failure instanceof MalformedRecordException
                || failure instanceof MalformedTensorsException;
    }

    /// One line.
    public static String oneLine(Throwable failure) {
        String message = failure.getMessage() == null ? "" : failure.getMessage();
        String line = message.lines().findFirst().orElse("");
        if (failure instanceof FileSystemException file) {
            // Their messages are hardly more than a path.
            return file.getFile() + ": " + reason(file);
        }
        return isExpected(failure) && !line.isEmpty()
                ? line
                : "internal error: " + failure.getClass().getSimpleName() + (line.isEmpty() ? "" : ": " + line);
    }

    /// What went wrong with a file, without its path.
    public static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "no such file or folder";
            case AccessDeniedException _ -> "no access";
            case FileAlreadyExistsException _ -> "there is one already";
            case FileSystemException file when file.getReason() != null -> file.getReason();
            default -> oneLine(failure);
        };
    }
}
