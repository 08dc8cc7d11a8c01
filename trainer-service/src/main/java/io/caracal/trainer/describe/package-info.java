/// What a model is and costs, from its definition alone: nothing is computed, no engine is loaded.
package io.caracal.trainer.describe;
