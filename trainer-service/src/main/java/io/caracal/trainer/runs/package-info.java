/// Training runs: what one is asked for, what it does from data set to checked model, and the queue that runs one at a
/// time.
package io.caracal.trainer.runs;
